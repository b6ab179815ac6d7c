import { useId } from 'react'
import { fullTime } from '../../lib/format.ts'

/** Between two lines of it, in pixels. */
const LINE = { sheet: 120, lines: 56 } as const

/** The reader’s name and the time, over and over across what is shown: whoever photographs it is in the picture. */
export function Watermark({
  name,
  at,
  over = 'sheet',
}: {
  name: string
  at: string
  /** What it lies across. */ over?: keyof typeof LINE
}) {
  const id = useId()
  const height = LINE[over]
  const words = `${name} · ${fullTime(at)}`
  const width = words.length * 6.4 + 56
  return (
    <svg className="watermark" aria-hidden="true">
      <defs>
        <pattern id={id} width={width} height={height} patternUnits="userSpaceOnUse" patternTransform="rotate(-27)">
          <text x={0} y={height / 2 - 20}>
            {words}
          </text>
          <text x={width / 2} y={height - 20}>
            {words}
          </text>
          <text x={-width / 2} y={height - 20}>
            {words}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  )
}
