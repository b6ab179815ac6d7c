import { useEffect, useRef } from 'react'

/** Escape closes the nearest thing; what has a use of its own for it, such as a name being written, has it first. */
export function useEscape(run: () => void): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || window.document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]')) return
      if (event.target instanceof Element && event.target.closest('[data-escapes]')) return
      latest.current()
    }
    // before a menu or a dialog that is open hears it, and is gone
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])
}
