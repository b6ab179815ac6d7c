/** What will stand here, and the one act that starts it. */
export function Empty({
  title,
  children,
  act,
  top = false,
}: {
  title: string
  children?: React.ReactNode
  act?: React.ReactNode
  /** The page has no other title. */ top?: boolean
}) {
  const Title = top ? 'h1' : 'h2'
  return (
    <div className="empty">
      <Title>{title}</Title>
      {children && <p className="soft">{children}</p>}
      {act}
    </div>
  )
}
