import { Button, Textarea } from '@mantine/core'
import { type UseFormReturnType } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useId, useState } from 'react'
import { SETTING_VALUES, type SettingName, type SettingView } from '../../../src/contract/access.ts'
import { calls } from '../../../src/contract/calls.ts'
import { fullTime } from '../../lib/format.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useChangeSetting } from './api.ts'
import { useSettingsHere } from './settings-page.tsx'
import { Unsaved } from './unsaved.tsx'

type Props = {
  setting: SettingView
  title: string
  act?: string
  /** How it stands, in words. */ children: React.ReactNode
  form: (onDone: () => void) => React.ReactNode
}

/** A setting as it stands, with who set it and why; its form takes the place of the words while it is changed. */
export function Setting({ setting, title, act = 'Change', children, form }: Props) {
  const { mayChange } = useSettingsHere()
  const [changing, setChanging] = useState(false)
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <header>
        <h2 className="sub" id={id}>
          {title}
        </h2>
        {mayChange && !changing && (
          <Button className="push" size="xs" onClick={() => setChanging(true)} aria-label={`${act}: ${title}`}>
            {act}
          </Button>
        )}
      </header>
      {changing ? (
        <div className="body">{form(() => setChanging(false))}</div>
      ) : (
        <>
          <div className="body stack">{children}</div>
          <footer className="setby">
            <SetBy setting={setting} />
          </footer>
        </>
      )}
    </section>
  )
}

function SetBy({ setting: { version, setBy, setAt, reason } }: { setting: SettingView }) {
  if (version === 0 || !setAt) return <p className="meta">As it comes. Nobody has changed it.</p>
  return (
    <p className="meta">
      Version {version}, set by {setBy ?? 'someone'} on {fullTime(setAt)}.{reason && <> Reason: {reason}</>}
    </p>
  )
}

type FormProps<V extends object> = {
  name: SettingName
  initial: V
  /** What is sent of the form's values. */ toValue?: (values: V) => Record<string, unknown>
  /** Faults that the contract does not know of. */ check?: (values: V) => Record<string, string>
  onDone: () => void
  children: (form: UseFormReturnType<V & { reason: string }>) => React.ReactNode
}

const asTyped = (values: object): Record<string, unknown> => ({ ...values })

/** Fields of a setting, and the reason that every change asks for. */
export function SettingForm<V extends object>({ name, initial, toValue = asTyped, check, onDone, children }: FormProps<V>) {
  const change = useChangeSetting(name)
  const [saved, setSaved] = useState(false)
  type Values = V & { reason: string }
  const valueOf = ({ reason: _, ...values }: Values) => toValue(values as unknown as V)
  const { form, submit, wrong } = useSent<Values>(
    {
      initialValues: { ...initial, reason: '' },
      validate: (values) => ({
        ...faultsOf(SETTING_VALUES[name], valueOf(values)),
        ...pick(faultsOf(calls['setting.change'].body, { value: {}, reason: values.reason }), 'reason'),
        ...check?.(values),
      }),
    },
    async (values) => {
      await change.mutateAsync({ value: valueOf(values), reason: values.reason.trim() })
      setSaved(true)
      notifications.show({ message: 'The setting is changed.' })
      onDone()
    },
    ['reason', ...fieldsOf(initial)],
  )
  return (
    <form className="stack lg settingform" onSubmit={submit} noValidate>
      {children(form)}
      <Textarea
        label="Reason"
        description="It is kept with this version."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onDone} leave="Leave it as it was">
        Save
      </FormEnd>
      <Unsaved when={!saved && form.isDirty()} />
    </form>
  )
}

/** Where a sentence can stand: a group of fields has no place for one. */
const fieldsOf = (values: object): string[] =>
  Object.entries(values)
    .filter(([, value]) => typeof value !== 'object' || value === null || Array.isArray(value))
    .map(([name]) => name)

const pick = (faults: Record<string, string>, name: string): Record<string, string> => (faults[name] ? { [name]: faults[name] } : {})
