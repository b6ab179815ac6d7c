/** An image, as wide as the pane. */
export function ShownImage({ content, name, onBroken }: { content: string; name: string; onBroken: () => void }) {
  return (
    <div className="well" tabIndex={0} role="region" aria-label="Image of the file">
      <img className="sheet image" src={content} alt={name} onError={onBroken} />
    </div>
  )
}
