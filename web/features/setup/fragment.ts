import { useSyncExternalStore } from 'react'

/*
 * The one-time secret of a set-up link or another one-time link stands in the fragment (`#s=…`), which no server sees.
 * It is taken from the address bar at once and kept in memory only.
 */
let held: string | null = null
const listeners = new Set<() => void>()

/** For a secret that came another way: a sign-in that goes on at the link page. */
export function keepSecret(secret: string): void {
  held = secret
  for (const listener of listeners) listener()
}

function take(): void {
  const secret = new URLSearchParams(window.location.hash.slice(1)).get('s')
  if (!secret) return
  window.history.replaceState(window.history.state, '', window.location.pathname)
  keepSecret(secret)
}
take()
// another link, opened in a page that stands already
window.addEventListener('hashchange', take)

export const useOneTimeSecret = (): string | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => held,
  )
