import { isMantineColorScheme, type MantineColorSchemeManager } from '@mantine/core'
import { useSyncExternalStore } from 'react'

/*
 * The one owner of browser storage. It keeps how this browser likes the screen (theme, single keys, files as list or cards)
 * and nothing else; no word of a client is ever written here.
 */
const KEY = 'subrosa.screen'
type Preferences = { theme: string; keys: boolean; files: 'list' | 'grid' }
const BEFORE: Preferences = { theme: 'auto', keys: true, files: 'list' }
const listeners = new Set<() => void>()
let current = read()

function read(): Preferences {
  try {
    return { ...BEFORE, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) }
  } catch {
    return BEFORE
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

/** How the files of a matter stand: as a list, or as cards with pictures. */
export const filesShape = { now: () => current.files, set: (files: Preferences['files']) => write({ files }) }

export const useFilesShape = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, filesShape.now)
