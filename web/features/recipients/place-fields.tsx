import { Radio, Select, TextInput } from '@mantine/core'
import { PARTS, SIDES } from '../../../src/contract/recipient.ts'
import type { Placed } from './api.ts'
import { PART_WORDS } from './words.ts'

type Values = { part: Placed['part'] | null; side: Placed['side'] | null; actsFor: string }
type Form = { values: Values; getInputProps: (field: string) => object }
const SIDES_LONG: Record<Placed['side'], string> = {
  ours: 'Our client’s side',
  theirs: 'The other side',
  neither: 'Neither: a court, a register, a neutral',
}

export const placeFaults = ({ part, side }: Values): { part?: string; side?: string } => ({
  ...(part ? {} : { part: 'Choose the part they have.' }),
  ...(side ? {} : { side: 'Say on whose side they stand.' }),
})

/** The part that someone has in the matter, and on whose side: what the gate weighs first. */
export function PlaceFields({ form }: { form: Form }) {
  const { part } = form.values
  return (
    <>
      <Select
        openOnFocus={false}
        label="Part in the matter"
        placeholder="Client, counsel, expert…"
        allowDeselect={false}
        data={PARTS.map((one) => ({ value: one, label: PART_WORDS[one] }))}
        {...form.getInputProps('part')}
      />
      <Radio.Group label="On whose side" {...form.getInputProps('side')}>
        <div className="stack xs">
          {SIDES.map((side) => (
            <Radio key={side} value={side} label={SIDES_LONG[side]} />
          ))}
        </div>
      </Radio.Group>
      {(part === 'counsel' || part === 'expert') && (
        <TextInput label="Acts for" description="May be left out." {...form.getInputProps('actsFor')} />
      )}
    </>
  )
}
