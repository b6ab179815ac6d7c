import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { z } from 'zod'
import { Password } from '../../../src/contract/proof.ts'
import { Email, Name } from '../../../src/contract/words.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { ChoosePassword, passwordFault } from '../session/choose-password.tsx'

const You = z.object({ name: Name, email: Email, password: Password })
type You = { name: string; email: string; password: string }

type Props = {
  you: You
  /** Why the server did not take the password. */ weak: string | null
  onBack: () => void
  onDone: (you: You) => Promise<void>
}

export function YouStep({ you, weak, onBack, onDone }: Props) {
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({ initialValues: you, initialErrors: weak ? { password: weak } : {}, validate: (values) => faultsOf(You, values) })
  const send = form.onSubmit(async ({ name, email, password }) => {
    setWrong(null)
    try {
      const fault = await passwordFault(password, { name, email })
      if (fault) return form.setFieldError('password', fault)
      await onDone({ name: name.trim(), email: email.trim(), password })
    } catch (fault) {
      const placed = placeRefusal(fault, ['name', 'email', 'password'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <div className="stack xs">
        <h1 className="title">You</h1>
        <p className="soft">The firm’s first person. You can invite the others when you are in.</p>
      </div>
      <TextInput className="big" label="Your name" autoComplete="name" autoFocus {...form.getInputProps('name')} />
      <TextInput className="big" label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
      <ChoosePassword
        about={{ name: form.values.name, email: form.values.email }}
        value={form.values.password}
        onChange={(password) => form.setFieldValue('password', password)}
        error={form.errors.password}
      />
      <Wrong>{wrong}</Wrong>
      <div className="row wrap acts">
        <Button size="lg" onClick={onBack}>
          Back
        </Button>
        <Button type="submit" variant="filled" size="lg" loading={form.submitting}>
          Go on to the second proof
        </Button>
      </div>
    </form>
  )
}
