type Props = {
  label: string
  /** What lies across it. */ mark: React.ReactNode
  onKeyDown?: React.KeyboardEventHandler
  children: React.ReactNode
}

/** Where the sheet of an open document lies. */
export function Well({ label, mark, onKeyDown, children }: Props) {
  return (
    <div className="marked">
      <div className="well" tabIndex={0} role="region" aria-label={label} onKeyDown={onKeyDown}>
        {children}
      </div>
      {mark}
    </div>
  )
}
