import { useRef } from 'react'

const MOST_FRAMES = 60

/** Gives the focus to a row once it is in the page. `waiting` is that row until then: a key that is pressed meanwhile goes on from it. */
export function useFocusSoon(find: (index: number) => HTMLElement | null | undefined) {
  const waiting = useRef<number | null>(null)
  const focus = (index: number, scrollTo: () => void): void => {
    waiting.current = index
    const look = (frames: number): void => {
      if (waiting.current !== index) return
      const row = find(index)
      if (!row && frames > 0) return void requestAnimationFrame(() => look(frames - 1))
      waiting.current = null
      row?.focus()
    }
    if (!find(index)) scrollTo()
    look(MOST_FRAMES)
  }
  return { waiting, focus }
}
