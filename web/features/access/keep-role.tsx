import { Button, Checkbox, Drawer, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { RoleView } from '../../../src/contract/access.ts'
import { calls } from '../../../src/contract/calls.ts'
import { isGuarded, type Permission } from '../../../src/contract/roles.ts'
import type { Answer } from '../../lib/ask.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { useKeepRole } from './api.ts'
import { byKind, KINDS, type Offered } from './kinds.tsx'
import { lostGuard, whyNot } from './role-rules.ts'

type Props = {
  list: Answer<'role.list'>
  /** The one that is changed; a new one without. */ role?: RoleView
  opened: boolean
  onClose: () => void
}

/** Makes a role of the firm's own, or changes one. */
export function KeepRole({ list, role, opened, onClose }: Props) {
  return (
    <Drawer opened={opened} onClose={onClose} title={role ? `The role ${role.name}` : 'Make a role'}>
      <Form list={list} role={role} onClose={onClose} />
    </Drawer>
  )
}

function Form({ list, role, onClose }: Omit<Props, 'opened'>) {
  const keep = useKeepRole(role?.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { name: role?.name ?? '', words: role?.words ?? '', permissions: role?.permissions ?? ([] as Permission[]) },
    validate: (values) => ({
      ...faultsOf(calls['role.create'].body, values),
      ...(lostGuard(values.permissions, role) && { permissions: lostGuard(values.permissions, role) }),
      ...(values.permissions.length === 0 && { permissions: 'Choose at least one thing that the role may do.' }),
    }),
  })
  const chosen = form.values.permissions
  const send = form.onSubmit(async ({ name, words, permissions }) => {
    setWrong(null)
    try {
      await keep.mutateAsync({ name: name.trim(), words: words.trim(), permissions })
      notifications.show({ message: role ? `The role ${name.trim()} is changed.` : `The role ${name.trim()} is made.` })
      onClose()
    } catch (fault) {
      const placed = placeRefusal(fault, ['name', 'words', 'permissions'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <TextInput label="Name" data-autofocus {...form.getInputProps('name')} />
      <Textarea label="What it is for" description="One sentence." autosize maxLength={500} {...form.getInputProps('words')} />
      <Checkbox.Group label="What it may do" {...form.getInputProps('permissions')}>
        <div className="stack">
          {byKind(list.permissions).map(({ kind, its }) => (
            <Kind key={kind} kind={kind} its={its} chosen={chosen} role={role} />
          ))}
        </div>
      </Checkbox.Group>
      {isGuarded(chosen) && (
        <Fact title="Given by two people">
          <p>
            It runs the system, oversees it or is the second person, so someone else approves whoever gets it. No group and no directory
            brings it.
          </p>
        </Fact>
      )}
      {role && role.holders.length > 0 && <p className="soft">What you change holds for whoever has it, from the next moment on.</p>}
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" variant="filled" loading={form.submitting}>
          {role ? 'Change the role' : 'Make the role'}
        </Button>
      </div>
    </form>
  )
}

type KindProps = { kind: Offered['kind']; its: readonly Offered[]; chosen: readonly Permission[]; role?: RoleView }

/** The permissions of a kind; above them, once each, why some cannot be chosen. */
function Kind({ kind, its, chosen, role }: KindProps) {
  const closed = new Map(its.map((permission) => [permission.id, whyNot(permission.id, chosen, role)]))
  const reasons = [...new Set(closed.values())].filter((reason) => reason !== null)
  return (
    <fieldset className="rolechoice" aria-describedby={reasons.length ? `closed-${kind}` : undefined}>
      <legend className="lab">{KINDS[kind]}</legend>
      {reasons.length > 0 && (
        <p className="meta" id={`closed-${kind}`}>
          {reasons.join(' ')}
        </p>
      )}
      {its.map((permission) => (
        <Checkbox key={permission.id} value={permission.id} label={permission.words} disabled={closed.get(permission.id) !== null} />
      ))}
    </fieldset>
  )
}
