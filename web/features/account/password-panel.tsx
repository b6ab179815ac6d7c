import { Button, Drawer, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { Me } from '../../../src/contract/session.ts'
import { useAct } from '../../app/acts.ts'
import { dateOf } from '../../lib/format.ts'
import { faultsOf } from '../../lib/form.ts'
import { Refused } from '../../lib/refused.ts'
import { Wrong } from '../../ui/fact.tsx'
import { ChoosePassword, passwordFault } from '../session/choose-password.tsx'
import { placePassword } from '../session/strength.ts'
import { type Factors, useChangePassword } from './api.ts'
import { Panel } from './panel.tsx'

export function PasswordPanel({ me, password }: { me: Me; password: Factors['password'] }) {
  const [open, drawer] = useDisclosure()
  const act = password ? 'Change the password' : 'Choose a password'
  useAct(true, act, drawer.open)
  return (
    <Panel
      id="password"
      title="Password"
      acts={
        <Button size="xs" onClick={drawer.open}>
          {act}
        </Button>
      }
    >
      <p className="body soft">
        {password
          ? `Last changed ${dateOf(password.changedAt)}. ${password.dueAt ? `A new one is asked for on ${dateOf(password.dueAt)}.` : 'It stays until you change it.'}`
          : 'You have none. Nothing here opens by a password of yours.'}
      </p>
      <Drawer opened={open} onClose={drawer.close} title={act}>
        <Change me={me} has={password !== null} onDone={drawer.close} />
      </Drawer>
    </Panel>
  )
}

function Change({ me, has, onDone }: { me: Me; has: boolean; onDone: () => void }) {
  const change = useChangePassword()
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { current: '', password: '' },
    validate: ({ current, password }) => faultsOf(calls['password.change'].body, { password, ...(has && { current }) }),
  })
  const send = form.onSubmit(async ({ current, password }) => {
    setWrong(null)
    try {
      const fault = await passwordFault(password, me)
      if (fault) return form.setFieldError('password', fault)
      await change.mutateAsync({ password, ...(has && { current }) })
      onDone()
      notifications.show({ message: 'The new password holds. Every other session of yours has ended.' })
    } catch (fault) {
      if (fault instanceof Refused && fault.code === 'password.wrong') return form.setFieldError('current', fault.text)
      const placed = placePassword(fault, ['current'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      {has && (
        <PasswordInput
          className="big"
          label="The password now"
          autoComplete="current-password"
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...form.getInputProps('current')}
        />
      )}
      <ChoosePassword
        label="New password"
        about={me}
        keptFor={me.email}
        value={form.values.password}
        onChange={(password) => form.setFieldValue('password', password)}
        error={form.errors.password}
      />
      <p className="meta">Every other session of yours ends. This one goes on.</p>
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" variant="filled" loading={form.submitting}>
          Use the new password
        </Button>
      </div>
    </form>
  )
}
