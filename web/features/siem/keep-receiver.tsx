import { Checkbox, Modal, NumberInput, PasswordInput, Radio, Select, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { calls } from '../../../src/contract/calls.ts'
import type { ReceiverSettings, ReceiverView } from '../../../src/contract/receiver.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useAddReceiver, useChangeReceiver } from './api.ts'

type Values = {
  name: string
  kind: 'syslog' | 'webhook'
  form: 'rfc5424' | 'cef' | 'ocsf'
  host: string
  port: number
  url: string
  secret: string
  ca: string
  certificate: string
  key: string
  names: boolean
  from: 'now' | 'beginning'
  reason: string
}
type Props = { opened: boolean; onClose: () => void; /** null: a new one */ receiver: ReceiverView | null }

/** Asks for a receiver, or for other settings of one; a second person decides. */
export const KeepReceiver = ({ opened, ...props }: Props) => (
  <Modal opened={opened} onClose={props.onClose} size="lg" title={props.receiver ? `Change ${props.receiver.name}` : 'Add a receiver'}>
    <Keeping {...props} />
  </Modal>
)

function initialOf(receiver: ReceiverView | null): Values {
  const known = receiver?.settings
  return {
    name: receiver?.name ?? '',
    kind: known?.kind ?? 'syslog',
    form: known?.form ?? 'rfc5424',
    host: known?.host ?? '',
    port: known?.port ?? 6514,
    url: known?.url ?? '',
    secret: '',
    ca: known?.ca ?? '',
    certificate: known?.certificate ?? '',
    key: '',
    names: known?.names ?? false,
    from: 'now',
    reason: '',
  }
}

/** What is sent of the fields: those of the chosen kind, and a secret only where one was typed. */
function settingsOf({ kind, form, host, port, url, secret, ca, certificate, key, names }: Values): ReceiverSettings {
  const shared = { ca: ca.trim() === '' ? null : ca, names }
  return kind === 'syslog'
    ? { kind, form, host, port, certificate: certificate.trim() === '' ? null : certificate, ...(key.trim() !== '' && { key }), ...shared }
    : { kind, form: form === 'rfc5424' ? 'ocsf' : form, url, ...(secret !== '' && { secret }), ...shared }
}

const FIELDS = ['name', 'host', 'port', 'url', 'secret', 'ca', 'certificate', 'key', 'reason']
/** The contract names a field of the settings by its path. */
const bare = (faults: Record<string, string>) =>
  Object.fromEntries(Object.entries(faults).map(([name, text]) => [name.replace(/^settings\./, ''), text]))

function Keeping({ receiver, onClose }: Omit<Props, 'opened'>) {
  const add = useAddReceiver()
  const change = useChangeReceiver(receiver?.id ?? '')
  const { form, submit, wrong } = useSent<Values>(
    {
      initialValues: initialOf(receiver),
      validate: (values) => {
        const asked = { settings: settingsOf(values), reason: values.reason }
        const schema = receiver ? calls['receiver.change'].body : calls['receiver.add'].body
        return bare(faultsOf(schema, { ...asked, name: values.name, from: values.from }))
      },
    },
    async (values) => {
      const asked = { settings: settingsOf(values), reason: values.reason.trim() }
      if (receiver) await change.mutateAsync(asked)
      else await add.mutateAsync({ ...asked, name: values.name, from: values.from })
      notifications.show({
        message: receiver
          ? 'Asked for. Nothing changes until a second person agrees.'
          : 'Asked for. Nothing is sent until a second person agrees.',
      })
      onClose()
    },
    FIELDS,
  )
  const { kind } = form.values
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      {!receiver && (
        <TextInput
          label="Name"
          description="What it is called here. It is not sent."
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
      )}
      <Radio.Group label="How it is sent" {...form.getInputProps('kind')}>
        <div className="stack sm">
          <Radio value="syslog" label="Syslog over TLS" description="What most monitoring systems take (RFC 5425)." />
          <Radio value="webhook" label="Webhook" description="Signed lines, posted to an https address." />
        </div>
      </Radio.Group>
      <Select
        label="In which form"
        allowDeselect={false}
        data={[
          ...(kind === 'syslog' ? [{ value: 'rfc5424', label: 'Structured syslog (RFC 5424)' }] : []),
          { value: 'ocsf', label: 'OCSF (JSON Lines)' },
          { value: 'cef', label: 'CEF (ArcSight)' },
        ]}
        {...form.getInputProps('form')}
        value={kind === 'webhook' && form.values.form === 'rfc5424' ? 'ocsf' : form.values.form}
      />
      {kind === 'syslog' ? (
        <SyslogFields form={form} hasKey={receiver?.settings?.hasSecret ?? false} />
      ) : (
        <HookFields form={form} hasSecret={receiver?.settings?.hasSecret ?? false} />
      )}
      <Textarea
        label="Private CA"
        description="Only where the receiver’s certificate is of a CA of your own, in PEM form."
        autosize
        minRows={1}
        maxRows={5}
        spellCheck={false}
        {...form.getInputProps('ca')}
      />
      <Checkbox
        label="Names of people go along"
        description="Without it, people are ids. Of matters, clients and documents only ids ever leave."
        {...form.getInputProps('names', { type: 'checkbox' })}
      />
      {!receiver && (
        <Radio.Group label="From when" {...form.getInputProps('from')}>
          <div className="stack sm">
            <Radio value="now" label="From now on" />
            <Radio value="beginning" label="From the first entry of the ledger on" />
          </div>
        </Radio.Group>
      )}
      <Textarea
        label="Reason"
        description="The second person reads it, and it stands in the ledger."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Ask for it
      </FormEnd>
    </form>
  )
}

type Fields = { form: UseFormReturnType<Values> }

const SyslogFields = ({ form, hasKey }: Fields & { hasKey: boolean }) => (
  <>
    <div className="row wrap top">
      <TextInput
        className="grow"
        label="Host"
        placeholder="siem.firm.example"
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('host')}
      />
      <NumberInput label="Port" w={120} min={1} max={65535} allowDecimal={false} hideControls {...form.getInputProps('port')} />
    </div>
    <Textarea
      label="The firm’s certificate"
      description="Only where the receiver asks for one, in PEM form."
      autosize
      minRows={1}
      maxRows={5}
      spellCheck={false}
      {...form.getInputProps('certificate')}
    />
    {form.values.certificate.trim() !== '' && (
      <Textarea
        label="Its private key"
        description={
          hasKey
            ? 'Left empty, the one that is kept stays, while host and port stay.'
            : 'In PEM form, without a passphrase. It is sealed and never shown again.'
        }
        autosize
        minRows={1}
        maxRows={5}
        spellCheck={false}
        {...form.getInputProps('key')}
      />
    )}
  </>
)

const HookFields = ({ form, hasSecret }: Fields & { hasSecret: boolean }) => (
  <>
    <TextInput
      label="Address"
      placeholder="https://siem.firm.example/subrosa"
      autoComplete="off"
      spellCheck={false}
      {...form.getInputProps('url')}
    />
    <PasswordInput
      label="Shared secret"
      description={
        hasSecret
          ? 'Left empty, the one that is kept stays, while the address stays.'
          : 'At least 16 characters, which the receiver knows too. It is sealed and never shown again.'
      }
      autoComplete="new-password"
      {...form.getInputProps('secret')}
    />
  </>
)
