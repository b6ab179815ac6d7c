/** What will stand here, and the one act that starts it. */
export function Empty({ title, children, act }: { title: string; children?: React.ReactNode; act?: React.ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children && <p className="soft">{children}</p>}
      {act}
    </div>
  )
}
