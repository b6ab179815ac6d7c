import { Button, Checkbox } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { Copy } from '../../ui/copy.tsx'
import { line } from '../../ui/icons.ts'
import { StepTitle } from '../../ui/step-title.tsx'
import { useUnsaved } from '../../lib/unsaved.ts'

export function RecoveryCodesStep({ codes, next, onDone }: { codes: string[]; next: string; onDone: () => void }) {
  const [stored, setStored] = useState(false)
  const [missing, setMissing] = useState(false)
  useUnsaved(true)
  return (
    <form
      className="stack lg"
      onSubmit={(event) => {
        event.preventDefault()
        if (stored) onDone()
        else setMissing(true)
      }}
    >
      <div className="stack xs">
        <StepTitle>Recovery codes</StepTitle>
        <p className="soft">
          Each of these stands in once for your second factor, should the device be lost. They are shown now and never again.
        </p>
      </div>
      <div className="sheet codes printed">
        <h2 className="printonly">Subrosa: recovery codes</h2>
        <ol>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
      </div>
      <div className="row wrap">
        <Copy text={codes.join('\n')} what="the codes" />
        <Button leftSection={<IconPrinter {...line} />} onClick={() => window.print()}>
          Print the codes
        </Button>
      </div>
      <Checkbox
        label="I have stored them where I can reach them without this device."
        checked={stored}
        onChange={(event) => setStored(event.target.checked)}
        error={missing && !stored ? 'Tick this when they are stored.' : null}
      />
      <div className="row wrap acts">
        <Button type="submit" variant="filled" size="lg">
          {next}
        </Button>
      </div>
    </form>
  )
}
