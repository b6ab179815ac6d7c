import { Checkbox, NumberInput, Radio, Textarea, TextInput } from '@mantine/core'
import { zone } from '../people/leaving-time.ts'
import { LATEST } from './days.ts'
import { Procedures } from './procedures.tsx'
import type { RaiseForm } from './raise-form.ts'
import { datesFault } from './raise-values.ts'

/** From when until when, who is told, and how often it is certified. */
export function RaiseKeeping({ form }: { form: RaiseForm }) {
  const { starts, ends, announced } = form.values
  const wrong = form.errors.dates ? datesFault(form.values) : null
  const wrongStart = wrong && (starts === 'at' ? wrong : null)
  return (
    <>
      <Procedures form={form} />
      <Textarea label="Fee" autosize minRows={1} maxLength={2000} {...form.getInputProps('fee')} />
      <div className="walltwo" id="wall-dates" tabIndex={-1}>
        <Radio.Group label="Stands from" {...form.getInputProps('starts')}>
          <div className="rolechoice">
            <Radio value="now" label="Now" />
            <Radio value="at" label="A moment to come" />
          </div>
        </Radio.Group>
        <Radio.Group label="Stands until" {...form.getInputProps('ends')}>
          <div className="rolechoice">
            <Radio value="never" label="It is lifted" />
            <Radio value="at" label="A moment" />
          </div>
        </Radio.Group>
        {(starts === 'at' || ends === 'at') && (
          <>
            {starts === 'at' ? (
              <TextInput type="datetime-local" max={LATEST} label="From" error={wrongStart} {...form.getInputProps('startsAt')} />
            ) : (
              <span />
            )}
            {ends === 'at' ? (
              <TextInput
                type="datetime-local"
                max={LATEST}
                label="Until"
                error={wrongStart ? null : wrong}
                {...form.getInputProps('endsAt')}
              />
            ) : (
              <span />
            )}
            <p className="meta whole">The time on this device, {zone()}.</p>
          </>
        )}
      </div>
      <Radio.Group
        label="Who is told"
        value={announced ? 'announced' : 'silent'}
        onChange={(told) => form.setFieldValue('announced', told === 'announced')}
      >
        <div className="rolechoice">
          <Radio value="silent" label="Nobody: silent" description="Those screened find nothing there, as if it never was." />
          <Radio
            value="announced"
            label="Those screened and the team: announced"
            description="Each reads its memorandum and acknowledges it; reminders follow until they have."
          />
        </div>
      </Radio.Group>
      {announced && (
        <>
          <Textarea
            label="Memorandum"
            description="All that they read of it. Those screened learn what you write here and nothing else."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autosize
            minRows={5}
            maxLength={2000}
            classNames={{ input: 'memorandumtext' }}
            {...form.getInputProps('memorandum')}
          />
          <Checkbox
            label="The team’s access waits until each has acknowledged it"
            {...form.getInputProps('withholds', { type: 'checkbox' })}
          />
        </>
      )}
      <div className="walltwo">
        <NumberInput
          label="Certified every"
          suffix=" days"
          min={30}
          max={730}
          allowDecimal={false}
          {...form.getInputProps('certifyDays')}
        />
        <NumberInput label="Reminded every" suffix=" days" min={7} max={365} allowDecimal={false} {...form.getInputProps('remindDays')} />
      </div>
    </>
  )
}
