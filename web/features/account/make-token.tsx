import { Button, Checkbox, Drawer, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { Me } from '../../../src/contract/session.ts'
import { IN_PERSON, type Permission, sentenceOf } from '../../../src/contract/roles.ts'
import type { Answer } from '../../lib/ask.ts'
import { dateOf } from '../../lib/format.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Once } from '../../ui/copy.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { WholeNumber } from '../../ui/whole-number.tsx'
import { useMakeToken } from './api.ts'

type Made = Answer<'token.create'>

export function MakeToken({ me, opened, onClose }: { me: Me; opened: boolean; onClose: () => void }) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Make an access token">
      <Body me={me} onClose={onClose} />
    </Drawer>
  )
}

function Body({ me, onClose }: { me: Me; onClose: () => void }) {
  const [made, setMade] = useState<Made | null>(null)
  if (!made) return <TokenForm me={me} onMade={setMade} />
  return (
    <div className="stack lg">
      <p className="soft">
        This is the token {made.name}. It is shown only now and works until {dateOf(made.endsAt)}.
      </p>
      <Once secret={made.token} what="the token" />
      <div>
        <Button onClick={onClose} autoFocus>
          Close
        </Button>
      </div>
    </div>
  )
}

function TokenForm({ me, onMade }: { me: Me; onMade: (made: Made) => void }) {
  const make = useMakeToken()
  const [wrong, setWrong] = useState<string | null>(null)
  // never more than its maker may, and never what is done in person
  const offered = me.may.filter((permission) => !IN_PERSON.includes(permission))
  const form = useForm({
    initialValues: { name: '', days: 30 as number | string, scope: offered as Permission[] },
    validate: (values) => ({
      ...faultsOf(calls['token.create'].body, values),
      ...(values.scope.length === 0 && { scope: 'Choose at least one thing.' }),
    }),
  })

  const send = form.onSubmit(async ({ name, days, scope }) => {
    setWrong(null)
    try {
      onMade(await make.mutateAsync({ name: name.trim(), days: Number(days), scope }))
    } catch (fault) {
      const placed = placeRefusal(fault, ['name', 'days', 'scope'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })

  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <TextInput label="Name" description="What the script is for." data-autofocus {...form.getInputProps('name')} />
      <WholeNumber label="Days" min={1} max={366} {...form.getInputProps('days')} />
      <Checkbox.Group
        label="What it may do"
        description="Never more than you. People, tokens and the clock stay with you in person."
        {...form.getInputProps('scope')}
      >
        <div className="stack sm scopes">
          {offered.map((permission) => (
            <Checkbox key={permission} value={permission} label={sentenceOf(permission)} />
          ))}
        </div>
      </Checkbox.Group>
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" variant="filled" loading={form.submitting}>
          Make the token
        </Button>
      </div>
    </form>
  )
}
