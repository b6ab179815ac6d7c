import { useEffect, useState } from 'react'

/** Nothing for 300 ms, then still grey lines of the true row height. */
export function Lines({ count = 6 }: { count?: number }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), 300)
    return () => window.clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <div className="lines" role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  )
}
