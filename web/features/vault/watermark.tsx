import { useId } from 'react'
import { fullTime } from '../../lib/format.ts'

const LINE = 120

/** The reader’s name and the time, over and over across what is shown: whoever photographs it is in the picture. */
export function Watermark({ name, at }: { name: string; at: string }) {
  const id = useId()
  const words = `${name} · ${fullTime(at)}`
  const width = words.length * 6.4 + 56
  return (
    <svg className="watermark" aria-hidden="true">
      <defs>
        <pattern id={id} width={width} height={LINE} patternUnits="userSpaceOnUse" patternTransform="rotate(-27)">
          <text x={0} y={LINE / 2 - 20}>
            {words}
          </text>
          <text x={width / 2} y={LINE - 20}>
            {words}
          </text>
          <text x={-width / 2} y={LINE - 20}>
            {words}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  )
}
