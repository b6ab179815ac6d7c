type Props = {
  of: readonly (readonly [name: string, value: React.ReactNode])[]
  /** How wide its names are, and where it stands. */ className?: string
  label?: string
}

/** Names and what stands under each, line by line. */
export const KeyLines = ({ of, className = '', label }: Props) => (
  <dl className={`kv ${className}`.trim()} aria-label={label}>
    {of.map(([name, value]) => (
      <div key={name} className="keyline">
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
