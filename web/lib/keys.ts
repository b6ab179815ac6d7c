import { useEffect, useRef } from 'react'
import { singleKeys } from './preferences.ts'

/** `{ '/': focusFilter, 'g m': toMatters }`. Off while typing, in a dialog, with a modifier, and when turned off (WCAG 2.1.4). */
export function useKeys(keys: Record<string, () => void>): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    let before = ''
    let forget = 0
    const onKey = (event: KeyboardEvent) => {
      const named = event.key.length > 1
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        (!named && !singleKeys.on()) ||
        isTyping(event.target)
      )
        return
      const run = latest.current[before ? `${before} ${event.key}` : event.key] ?? latest.current[event.key]
      const startsPair = Object.keys(latest.current).some((key) => key.startsWith(`${event.key} `))
      window.clearTimeout(forget)
      before = startsPair ? event.key : ''
      if (startsPair) forget = window.setTimeout(() => (before = ''), 1200)
      if (!run) return
      event.preventDefault()
      run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"]')) return true
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
