import { NumberInput, TagsInput, TextInput } from '@mantine/core'
import type { SettingValue } from '../../../src/contract/access.ts'
import { counted } from '../../lib/format.ts'
import { KeyLines } from '../../ui/key-lines.tsx'
import { Fact } from '../../ui/fact.tsx'
import { examplesOf, hasSerial, patternFault } from './number-pattern.ts'
import { Setting, SettingForm } from './setting.tsx'
import { settingOf, useSettingsHere } from './settings-page.tsx'

type Value = SettingValue<'matters'>
/** As it comes, for a server that does not keep this setting yet. */
const AS_IT_COMES: Value = {
  numberPattern: '{year}-{random:6}',
  types: [],
  breakGlassHours: 4,
  reviewHours: 24,
  urgentMinutes: 30,
  widenHours: 24,
  grantDays: 90,
  warnDays: 3,
}

export function MattersSettingTab() {
  const { settings } = useSettingsHere()
  const setting = settingOf(settings, 'matters')
  const value = { ...AS_IT_COMES, ...(setting.value as Partial<Value>) }
  const rows = [
    ['Numbers', <NumberExamples key="numbers" pattern={value.numberPattern} />],
    ['Types', value.types.length ? value.types.join(', ') : 'None are offered; they are typed.'],
    ['Requests', requestWords(value)],
    ['Granted access', `At most ${counted(value.grantDays, 'day')}; announced ${counted(value.warnDays, 'day')} before it ends.`],
    ['Emergencies', `At most ${counted(value.breakGlassHours, 'hour')}; reviewed within ${counted(value.reviewHours, 'hour')}.`],
  ] as const
  return (
    <Setting setting={setting} title="How matters are kept" form={(onDone) => <Form value={value} onDone={onDone} />}>
      <KeyLines of={rows} className="wide4" />
      {hasSerial(value.numberPattern) && <SerialTells />}
    </Setting>
  )
}

const requestWords = ({ urgentMinutes, widenHours }: Value) =>
  `After ${counted(widenHours, 'hour')} the deputy and those who oversee may decide one as well; an urgent one after ${counted(urgentMinutes, 'minute')}.`

function NumberExamples({ pattern }: { pattern: string }) {
  return (
    <>
      {pattern} <span className="meta">such as {examplesOf(pattern).join(', ')}</span>
    </>
  )
}

const SerialTells = () => (
  <Fact>
    <p>
      A serial tells how many matters there are. Whoever sees two numbers can count those between them, a walled matter among them. Random
      letters tell nothing.
    </p>
  </Fact>
)

function Form({ value, onDone }: { value: Value; onDone: () => void }) {
  const hours = (most: number) => ({ min: 1, max: most, allowDecimal: false, hideControls: true, clampBehavior: 'blur' as const })
  return (
    <SettingForm<Value> name="matters" initial={value} check={check} onDone={onDone}>
      {(form) => {
        const { numberPattern } = form.values
        const fault = patternFault(numberPattern)
        return (
          <>
            <div className="stack sm">
              <TextInput
                label="Number of a new matter"
                description="{year} {yy} {month} {random:6} {serial:4}, with letters, digits, spaces and - / . between them."
                autoComplete="off"
                spellCheck={false}
                {...form.getInputProps('numberPattern')}
              />
              <p className="meta" role="status">
                {fault ? 'No number comes of this yet.' : `The next ones would be ${examplesOf(numberPattern).join(', ')}.`}
              </p>
              {hasSerial(numberPattern) && <SerialTells />}
            </div>
            <TagsInput
              label="Types"
              description="Offered when a matter begins; others may be typed. Enter adds one."
              splitChars={[]}
              {...form.getInputProps('types')}
            />
            <fieldset className="pair">
              <legend className="lab">Requests for access</legend>
              <NumberInput label="Hours until others may decide" {...hours(168)} {...form.getInputProps('widenHours')} />
              <NumberInput label="Minutes, when urgent" {...hours(1440)} min={5} {...form.getInputProps('urgentMinutes')} />
            </fieldset>
            <fieldset className="pair">
              <legend className="lab">Granted access</legend>
              <NumberInput label="Days at most" {...hours(365)} {...form.getInputProps('grantDays')} />
              <NumberInput label="Days’ notice of its end" {...hours(30)} {...form.getInputProps('warnDays')} />
            </fieldset>
            <fieldset className="pair">
              <legend className="lab">Emergencies</legend>
              <NumberInput label="Hours at most" {...hours(24)} {...form.getInputProps('breakGlassHours')} />
              <NumberInput label="Hours until reviewed" {...hours(168)} {...form.getInputProps('reviewHours')} />
            </fieldset>
          </>
        )
      }}
    </SettingForm>
  )
}

function check({ numberPattern, grantDays, warnDays }: Value): Record<string, string> {
  const fault = patternFault(numberPattern)
  return {
    ...(fault ? { numberPattern: fault } : {}),
    ...(warnDays > grantDays ? { warnDays: 'That is longer than the access itself.' } : {}),
  }
}
