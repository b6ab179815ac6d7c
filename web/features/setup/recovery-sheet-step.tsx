import { Button, TextInput } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import type { RecoverySheet } from '../../../src/contract/firm.ts'
import { fullTime } from '../../lib/format.ts'
import { useUnsaved } from '../../lib/unsaved.ts'
import { line } from '../../ui/icons.ts'
import { Mark } from '../../ui/mark.tsx'

/** The root key on paper, shown once; then two words of it are asked back, with the sheet out of sight. */
export function RecoverySheetStep({ sheet, onDone }: { sheet: RecoverySheet; onDone: () => void }) {
  const [asking, setAsking] = useState(false)
  useUnsaved(true)
  if (asking) return <TwoWords words={sheet.words} onBack={() => setAsking(false)} onDone={onDone} />
  return (
    <>
      <div className="stack lg">
        <div className="stack xs">
          <h1 className="title">Recovery sheet</h1>
          <p className="soft">
            Should the keyring file be lost, these words make it again. They replace no backup. They are shown now and never again.
          </p>
        </div>
        <ol className="todo">
          <li>Print the sheet. It fits on one page.</li>
          <li>Sign it and lock it away with the wills.</li>
          <li>Keep no photograph and no file of it.</li>
        </ol>
        <div className="row wrap acts">
          <Button size="lg" leftSection={<IconPrinter {...line} />} onClick={() => window.print()}>
            Print the sheet
          </Button>
          <Button variant="filled" size="lg" onClick={() => setAsking(true)}>
            I have the sheet on paper
          </Button>
        </div>
      </div>
      <Paper sheet={sheet} />
    </>
  )
}

function Paper({ sheet }: { sheet: RecoverySheet }) {
  return (
    <aside className="sheet paper printed" aria-label="Recovery sheet">
      <div className="row spread">
        <span className="row">
          <Mark size={22} />
          <span className="small">{sheet.firm}</span>
        </span>
        <span className="small">Sheet 1 of 1</span>
      </div>
      <h2>Recovery sheet</h2>
      <p>
        These {sheet.words.length} words are the firm’s root key. Whoever holds them and the data opens its files. Keep this sheet where you
        keep wills.
      </p>
      <ol className="words">
        {sheet.words.map((word, index) => (
          <li key={index}>{word}</li>
        ))}
      </ol>
      <dl className="kv">
        <dt>Printed</dt>
        <dd>{fullTime(sheet.printedAt)}</dd>
        <dt>Check</dt>
        <dd className="hash">{sheet.check}</dd>
      </dl>
      <p className="small sign">Received and locked away (date, signature)</p>
    </aside>
  )
}

function TwoWords({ words, onBack, onDone }: { words: string[]; onBack: () => void; onDone: () => void }) {
  const [places] = useState(() => twoPlaces(words.length))
  const [typed, setTyped] = useState(['', ''])
  const [wrong, setWrong] = useState<(string | null)[]>([null, null])
  const check = (event: React.FormEvent) => {
    event.preventDefault()
    const faults = places.map((place, n) =>
      typed[n]?.trim().toLowerCase() === words[place] ? null : `Word ${place + 1} on the sheet is another.`,
    )
    setWrong(faults)
    if (faults.every((fault) => fault === null)) onDone()
  }
  return (
    <form className="stack lg" onSubmit={check} noValidate>
      <div className="stack xs">
        <h1 className="title">Two words from the sheet</h1>
        <p className="soft">Read them from the paper. This shows that it can be read.</p>
      </div>
      {places.map((place, n) => (
        <TextInput
          key={place}
          className="big"
          label={`Word ${place + 1}`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus={n === 0}
          value={typed[n]}
          onChange={({ target }) => setTyped(typed.map((text, index) => (index === n ? target.value : text)))}
          error={wrong[n]}
        />
      ))}
      <div className="row wrap acts">
        <Button size="lg" onClick={onBack}>
          Show the sheet again
        </Button>
        <Button type="submit" variant="filled" size="lg">
          Enter the firm
        </Button>
      </div>
    </form>
  )
}

/** Two different places, in order, chosen by chance. */
function twoPlaces(length: number): [number, number] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2))
  const first = a % length
  const second = (first + 1 + (b % (length - 1))) % length
  return first < second ? [first, second] : [second, first]
}
