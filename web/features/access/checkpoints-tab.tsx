import { NumberInput, TagsInput, TextInput } from '@mantine/core'
import type { SettingValue } from '../../../src/contract/access.ts'
import { counted } from '../../lib/format.ts'
import { KeyLines } from '../../ui/key-lines.tsx'
import { Fact } from '../../ui/fact.tsx'
import { Setting, SettingForm } from './setting.tsx'
import { settingOf, useSettingsHere } from './settings-page.tsx'

type Value = SettingValue<'checkpoints'>
const AS_IT_COMES: Value = { mailTo: [], mailDays: 7, stampUrl: '', stampHours: 24 }

/** Which checkpoints of the ledger leave the firm by themselves: a copy elsewhere shows that the ledger here was not rewritten. */
export function CheckpointsTab() {
  const { settings } = useSettingsHere()
  const setting = settingOf(settings, 'checkpoints')
  const value = { ...AS_IT_COMES, ...(setting.value as Partial<Value>) }
  const rows = [
    ['By mail', mailWords(value)],
    ['Time stamp', stampWords(value)],
  ] as const
  return (
    <Setting setting={setting} title="Checkpoints that leave the firm" form={(onDone) => <Form value={value} onDone={onDone} />}>
      <KeyLines of={rows} className="wide4" />
      {value.mailTo.length > 0 && !settings.mail && (
        <Fact>
          <p>Subrosa sends no mail yet, so none goes out. Settings, Mail says how to set it up.</p>
        </Fact>
      )}
      <p className="meta">
        A checkpoint is a short signed text: how many entries the ledger has, and the fingerprint of all of them. It holds no name and no
        content. Whoever keeps one can show later that no entry before it was changed or taken out.
      </p>
    </Setting>
  )
}

const mailWords = ({ mailTo, mailDays }: Value): string =>
  mailTo.length === 0 ? 'It is mailed to nobody.' : `Every ${counted(mailDays, 'day')} to ${mailTo.join(', ')}.`
const stampWords = ({ stampUrl, stampHours }: Value): string =>
  stampUrl === '' ? 'No authority stamps it.' : `Every ${counted(stampHours, 'hour')}, while the ledger grows, by ${stampUrl}.`

const Form = ({ value, onDone }: { value: Value; onDone: () => void }) => (
  <SettingForm<Value> name="checkpoints" initial={value} onDone={onDone}>
    {(form) => (
      <>
        <fieldset className="stack">
          <legend className="lab">By mail</legend>
          <TagsInput
            label="Addresses"
            description="Outside of the firm, where nobody here can change what was mailed. Enter adds one; none: nothing is mailed."
            placeholder={form.values.mailTo.length === 0 ? 'notary@example.com' : undefined}
            {...form.getInputProps('mailTo')}
            error={form.errors.mailTo ?? Object.entries(form.errors).find(([field]) => field.startsWith('mailTo.'))?.[1]}
          />
          <NumberInput
            label="Days between two mails"
            min={1}
            max={366}
            allowDecimal={false}
            hideControls
            {...form.getInputProps('mailDays')}
          />
        </fieldset>
        <fieldset className="stack">
          <legend className="lab">Time stamp</legend>
          <TextInput
            label="Address of a time-stamping authority"
            description="RFC 3161, over https. It sees a hash of the checkpoint. Left empty: none is asked."
            placeholder="https://tsa.example.com"
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('stampUrl')}
          />
          <NumberInput
            label="Hours between two stamps"
            min={1}
            max={744}
            allowDecimal={false}
            hideControls
            {...form.getInputProps('stampHours')}
          />
        </fieldset>
      </>
    )}
  </SettingForm>
)
