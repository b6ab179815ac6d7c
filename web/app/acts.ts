import { useEffect, useRef, useSyncExternalStore } from 'react'

/** What can be done on the page that is open, for the palette. A page lends its acts while it stands. */
export type Act = { name: string; key?: string; run: () => void }
let acts: readonly Act[] = []
const listeners = new Set<() => void>()
const tell = () => listeners.forEach((listener) => listener())

/** Lends an act to the palette while `here` holds. */
export function useAct(here: boolean, name: string, run: () => void, key?: string): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    if (!here) return
    const act: Act = { name, key, run: () => latest.current() }
    acts = [...acts, act]
    tell()
    return () => {
      acts = acts.filter((other) => other !== act)
      tell()
    }
  }, [here, name, key])
}

export const useActs = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => acts,
  )
