import { Select, Textarea, type TextareaProps, TextInput } from '@mantine/core'
import type { WallRule } from '../../../src/contract/wall.ts'
import { zone } from '../people/leaving-time.ts'
import { LATEST } from './days.ts'
import type { RaiseForm } from './raise-form.ts'
import { RULES } from './words.ts'

const text: TextareaProps = { autosize: true, minRows: 2, maxLength: 2000, inputWrapperOrder: ['label', 'input', 'description', 'error'] }

/** Why the wall stands, in the words of its papers. */
export function RaisePapers({ form }: { form: RaiseForm }) {
  const { rule } = form.values
  return (
    <>
      <Select
        label="Rule"
        placeholder="Why a screen is needed"
        allowDeselect={false}
        description={rule ? RULES[rule].when : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={(Object.keys(RULES) as WallRule[]).map((value) => ({ value, label: RULES[value].name }))}
        renderOption={({ option }) => (
          <span className="targetoption">
            <span>{option.label}</span>
            <span className="meta">{RULES[option.value as WallRule].cite}</span>
          </span>
        )}
        {...form.getInputProps('rule')}
      />
      <Textarea label="What made it necessary" {...text} {...form.getInputProps('trigger')} />
      <TextInput
        type="datetime-local"
        max={LATEST}
        label="When the firm came to know"
        description={`The time on this device, ${zone()}. The papers set it beside the moment from which the screen stands.`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...form.getInputProps('needKnownAt')}
      />
      <Textarea
        label="The confidential information"
        description="Its kind and where it comes from, not what it says: the screened and the client may read this."
        {...text}
        {...form.getInputProps('information')}
      />
      <Textarea
        label="Reason"
        description="Sealed. Read by those who keep walls and, in a screening pack, by the client."
        {...text}
        {...form.getInputProps('reason')}
      />
    </>
  )
}
