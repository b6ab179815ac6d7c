import { encode } from 'uqr'

/** Dark on light in both themes: a camera reads it best so. */
export function Qr({ text }: { text: string }) {
  const { data, size } = encode(text, { border: 2, ecc: 'M' })
  const dark = data.flatMap((cells, y) => cells.map((cell, x) => (cell ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label="Code for your authenticator" shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark} fill="#241f1b" />
    </svg>
  )
}
