import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { z } from 'zod'
import { Code } from '../../../src/contract/firm.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { CodeInput } from '../../ui/code-input.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { Qr } from './qr.tsx'

const Digits = z.object({ code: Code })

type Props = {
  enrolment: { totpUri: string; totpSecret: string }
  next: string
  onBack?: () => void
  onDone: (code: string) => Promise<void>
}

export function SecondProofStep({ enrolment, next, onBack, onDone }: Props) {
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({ initialValues: { code: '' }, validate: (values) => faultsOf(Digits, values) })
  const send = form.onSubmit(async ({ code }) => {
    setWrong(null)
    try {
      await onDone(code)
    } catch (fault) {
      const placed = placeRefusal(fault, ['code'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <div className="stack xs">
        <h1 className="title">A second proof</h1>
        <p className="soft">Scan this with an authenticator on a device you carry, then type the six digits it shows.</p>
      </div>
      <div className="two">
        <Qr text={enrolment.totpUri} />
        <div className="stack">
          <div className="stack xs">
            <span className="lab">If you cannot scan, type this key</span>
            <span className="hash">{(enrolment.totpSecret.match(/.{1,4}/g) ?? []).join(' ')}</span>
          </div>
          <CodeInput label="Six digits" {...form.getInputProps('code')} />
          <Wrong>{wrong}</Wrong>
        </div>
      </div>
      <div className="row wrap acts">
        {onBack && (
          <Button size="lg" onClick={onBack}>
            Back
          </Button>
        )}
        <Button type="submit" variant="filled" size="lg" loading={form.submitting}>
          {next}
        </Button>
      </div>
    </form>
  )
}
