import { Drawer, Select, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { calls } from '../../../src/contract/calls.ts'
import type { MatterId } from '../../../src/contract/ids.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useMatters } from '../matters/api.ts'
import { useMe } from '../session/api.ts'
import { useCheckNames, useGiven } from './api.ts'
import { lineFault, linesOf } from './names.ts'

type Props = { opened: boolean; onClose: () => void; /** Chosen beforehand. */ matter: MatterId | null }

export function CheckNames({ opened, onClose, matter }: Props) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Check names">
      <CheckForm onClose={onClose} matter={matter} />
    </Drawer>
  )
}

type Values = { names: string; emails: string; matter: MatterId | null; note: string }
const wishOf = ({ names, emails, matter, note }: Values) => ({
  names: linesOf(names),
  emails: linesOf(emails),
  ...(matter && { matter }),
  note: note.trim(),
})

function CheckForm({ onClose, matter: given }: Omit<Props, 'opened'>) {
  const go = useNavigate()
  const check = useCheckNames()
  const listed = useMatters(useMe().data?.may.includes('matter.list') ?? false).data ?? []
  const asked = useGiven(given)
  const matters = asked && !listed.some(({ id }) => id === asked.id) ? [asked, ...listed] : listed
  const known = (matter: MatterId | null) => (matters.some(({ id }) => id === matter) ? matter : null)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<Values>({
    initialValues: { names: '', emails: '', matter: given, note: '' },
    validate: (values) => {
      const wish = wishOf({ ...values, matter: known(values.matter) })
      const faults = faultsOf(calls['conflict.check'].body, wish)
      return {
        names: lineFault(faults, 'names', wish.names) ?? faults[''] ?? null,
        emails: lineFault(faults, 'emails', wish.emails),
        note: faults.note ?? null,
      }
    },
  })
  const send = form.onSubmit(async (values) => {
    setWrong(null)
    const wish = wishOf({ ...values, matter: known(values.matter) })
    try {
      const page = await check.mutateAsync(wish)
      onClose()
      await go(`/conflicts/${page.id}`)
    } catch (fault) {
      const placed = placeRefusal(fault, ['names', 'emails', 'matter', 'note'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <Textarea
        label="Names"
        description="People and organizations, one to a line. Former names too, where you know them."
        autosize
        minRows={4}
        maxRows={14}
        data-autofocus
        {...form.getInputProps('names')}
      />
      <Textarea
        label="E-mail addresses"
        description="One to a line. May be left out."
        autosize
        minRows={1}
        maxRows={8}
        {...form.getInputProps('emails')}
      />
      {matters.length > 0 && (
        <Select
          label="Matter"
          description="May be left out. Its client and its parties are then checked as well."
          placeholder="Title or number"
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Take the matter out' }}
          data={matters.map(({ id, number, title }) => ({ value: id, label: `${title} · ${number}` }))}
          nothingFoundMessage="No matter within your reach answers to that."
          {...form.getInputProps('matter')}
          value={known(form.values.matter)}
        />
      )}
      <Textarea
        label="Note"
        description="What those who decide should know. May be left out."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('note')}
      />
      <p className="soft">Those who decide conflicts hear of every check.</p>
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Check the names
      </FormEnd>
    </form>
  )
}
