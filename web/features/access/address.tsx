import { useId } from 'react'
import { Copy } from '../../ui/copy.tsx'

/** An address to copy into another system. */
export function Address({ label, text }: { label: string; text: string }) {
  const id = useId()
  return (
    <div className="stack xs">
      <span className="lab" id={id}>
        {label}
      </span>
      <div className="once" aria-labelledby={id} role="group">
        <code>{text}</code>
        <Copy text={text} what="the address" />
      </div>
    </div>
  )
}
