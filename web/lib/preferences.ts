import { isMantineColorScheme, type MantineColorSchemeManager } from '@mantine/core'
import { useSyncExternalStore } from 'react'

/*
 * The one owner of browser storage. It keeps how this browser likes the screen (theme, single keys)
 * and nothing else; no word of a client is ever written here.
 */
const KEY = 'subrosa.screen'
type Preferences = { theme: string; keys: boolean }
const listeners = new Set<() => void>()
let current = read()

function read(): Preferences {
  try {
    return { theme: 'auto', keys: true, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) }
  } catch {
    return { theme: 'auto', keys: true }
  }
}

function write(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // A browser that keeps nothing still works; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

/** Mantine's colour scheme, kept by us. */
export const themeKeeper: MantineColorSchemeManager = {
  get: (byDefault) => (isMantineColorScheme(current.theme) ? current.theme : byDefault),
  set: (theme) => write({ theme }),
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => write({ theme: 'auto' }),
}

export const singleKeys = { on: () => current.keys, set: (keys: boolean) => write({ keys }) }

export const useSingleKeys = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, singleKeys.on)
