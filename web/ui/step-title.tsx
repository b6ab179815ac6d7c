import { useEffect, useRef } from 'react'

/** The title of a step that has come after another: it takes the focus, so that keys and screen readers start at its top. */
export function StepTitle({ children }: { children: React.ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus({ preventScroll: true }), [])
  return (
    <h1 className="title" tabIndex={-1} ref={title}>
      {children}
    </h1>
  )
}
