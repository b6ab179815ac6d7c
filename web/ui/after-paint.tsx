import { type ReactNode, useEffect, useState } from 'react'

/** What nobody looks at first: it is drawn, and asks for what it needs, after the frame that shows the rest. */
export function AfterPaint({ children }: { children: ReactNode }) {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => {
    let timer = 0
    const frame = requestAnimationFrame(() => (timer = window.setTimeout(() => setPainted(true))))
    // a page in the background is painted by nobody
    const anyway = window.setTimeout(() => setPainted(true), 1000)
    return () => {
      cancelAnimationFrame(frame)
      window.clearTimeout(timer)
      window.clearTimeout(anyway)
    }
  }, [])
  return isPainted ? children : null
}
