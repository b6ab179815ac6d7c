const PETAL = 'M12 8.1C9.6 7.2 8.3 4.9 9.2 3.1 10 1.5 11.2 1.7 12 2.5 12.8 1.7 14 1.5 14.8 3.1 15.7 4.9 14.4 7.2 12 8.1Z'

/** The rose above its line. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round">
        {[0, 72, 144, 216, 288].map((turn) => (
          <path key={turn} d={PETAL} transform={`rotate(${turn} 12 10.2)`} />
        ))}
        <circle cx="12" cy="10.2" r="2.1" fill="currentColor" stroke="none" />
      </g>
      <path d="M4 22.4h16" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  )
}

export function Brand() {
  return (
    <>
      <Mark />
      <b>Subrosa</b>
    </>
  )
}
