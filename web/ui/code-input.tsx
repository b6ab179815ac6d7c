import { useId, useRef } from 'react'

const LENGTH = 6

type Props = { label: string; value?: string; onChange: (code: string) => void; error?: string | null; autoFocus?: boolean }

/** Six digits in six boxes: typing moves on, Backspace moves back, and a pasted or autofilled code fills them all. */
export function CodeInput({ label, value = '', onChange, error, autoFocus = false }: Props) {
  const id = useId()
  const boxes = useRef<(HTMLInputElement | null)[]>([])
  const digits = Array.from({ length: LENGTH }, (_, index) => value[index]?.trim() ?? '')

  const put = (at: number, text: string) => {
    const typed = text.replace(/\D/g, '')
    const next = [...digits]
    for (let index = 0; index < Math.max(typed.length, 1) && at + index < LENGTH; index += 1) next[at + index] = typed[index] ?? ''
    onChange(
      next
        .map((digit) => digit || ' ')
        .join('')
        .trimEnd(),
    )
    boxes.current[Math.min(at + typed.length, LENGTH - 1)]?.focus()
  }
  const onKey = (at: number, event: React.KeyboardEvent) => {
    if (event.key === 'Backspace' && !digits[at] && at > 0) put(at - 1, '')
    if (event.key === 'ArrowLeft' || (event.key === 'Backspace' && !digits[at])) boxes.current[at - 1]?.focus()
    if (event.key === 'ArrowRight') boxes.current[at + 1]?.focus()
  }

  return (
    <div className="stack xs">
      <span className="lab" id={id}>
        {label}
      </span>
      <div className="code" role="group" aria-labelledby={id} data-wrong={error ? true : undefined}>
        {digits.map((digit, at) => (
          <input
            key={at}
            ref={(box) => void (boxes.current[at] = box)}
            aria-label={`Digit ${at + 1}`}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            inputMode="numeric"
            data-second={at === 0 || undefined}
            data-autofocus={(autoFocus && at === 0) || undefined}
            autoFocus={autoFocus && at === 0}
            autoComplete={at === 0 ? 'one-time-code' : 'off'}
            value={digit}
            onChange={(event) =>
              put(at, event.target.value.length > 2 ? event.target.value : event.target.value.replace(digit, '') || event.target.value)
            }
            onPaste={(event) => {
              event.preventDefault()
              put(0, event.clipboardData.getData('text'))
            }}
            onKeyDown={(event) => onKey(at, event)}
            onFocus={(event) => event.target.select()}
          />
        ))}
      </div>
      {error && (
        <p className="mantine-InputWrapper-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}
