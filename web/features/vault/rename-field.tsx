import { useEffect, useId, useRef, useState } from 'react'
import { fileNameFault } from '../../../src/contract/words.ts'
import { useTry } from './try.ts'

type Props = {
  label: string
  name: string
  /** Rejects with `Refused`. */ keep: (name: string) => Promise<unknown>
  /** The field may go: the name is kept, or was left as it was. */ onEnd: () => void
}

/** A name where it stands: Enter keeps it, Escape leaves it, and a refusal stands below the field. */
export function RenameField({ label, name, keep, onEnd }: Props) {
  const [value, setValue] = useState(name)
  const { attempt, busy, wrong, setWrong } = useTry('name')
  const input = useRef<HTMLInputElement>(null)
  const left = useRef(false)
  const id = useId()
  useEffect(() => {
    input.current?.focus()
    const dot = name.lastIndexOf('.')
    input.current?.setSelectionRange(0, dot > 0 ? dot : name.length)
  }, [name])

  const end = () => {
    left.current = true
    onEnd()
  }
  const enter = async () => {
    if (busy || left.current) return
    const wanted = value.trim().normalize('NFC')
    if (wanted === name) return end()
    const fault = fileNameFault(wanted)
    if (fault) return setWrong(fault)
    if (await attempt(() => keep(wanted))) end()
  }
  return (
    <span className="renaming">
      <input
        ref={input}
        data-escapes
        aria-label={label}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? id : undefined}
        readOnly={busy}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => {
          setValue(event.target.value)
          setWrong(null)
        }}
        onClick={(event) => event.stopPropagation()}
        onBlur={() => void enter()}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') end()
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          void enter()
        }}
      />
      {wrong && (
        <span className="renamewrong" role="alert" id={id}>
          {wrong}
        </span>
      )}
    </span>
  )
}
