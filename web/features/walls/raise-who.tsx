import { Radio } from '@mantine/core'
import type { PreviewView } from '../../../src/contract/wall.ts'
import { BothSides } from './both-sides.tsx'
import type { RaiseForm } from './raise-form.ts'
import { type Names, TargetSelect } from './target-select.tsx'
import { WhoSelect } from './who-select.tsx'

type Props = { form: RaiseForm; names: Names; preview: PreviewView | undefined }

/** Who is kept from what. */
export function RaiseWho({ form, names, preview }: Props) {
  const { kind, a, b } = form.values
  const sideNames: [string, string] = [sideName(names, a, 'The first side'), sideName(names, b, 'The second side')]
  const target = (field: 'a' | 'b', id: string, label: string) => (
    <TargetSelect
      id={id}
      label={label}
      names={names}
      taken={field === 'a' ? b : a}
      value={form.values[field]}
      onChange={(chosen) => form.setFieldValue(field, chosen)}
      error={form.errors[field]}
    />
  )
  return (
    <>
      <Radio.Group label="Which way" {...form.getInputProps('kind')}>
        <div className="rolechoice">
          <Radio value="exclusion" label="One side: some are kept out." />
          <Radio value="two-sided" label="Two sides: two teams are kept from each other." />
        </div>
      </Radio.Group>
      {kind === 'exclusion' ? (
        <>
          <WhoSelect
            id="wall-who"
            value={form.values.screened}
            onChange={(chosen) => form.setFieldValue('screened', chosen)}
            error={form.errors.screened}
          />
          {target('a', 'wall-what', 'From which matters or clients')}
        </>
      ) : (
        <>
          <div className="walltwo" role="group" aria-label="The two sides">
            {target('a', 'wall-what', 'One side')}
            {target('b', 'wall-what-b', 'The other side')}
          </div>
          <p className="meta">Whoever is on a matter of one side, or comes onto one, is kept from the other.</p>
          <BothSides form={form} preview={preview} names={sideNames} />
        </>
      )}
    </>
  )
}

function sideName(names: Names, chosen: string[], otherwise: string): string {
  const [first] = chosen.flatMap((one) => names.current.get(one)?.label ?? [])
  if (!first) return otherwise
  return chosen.length > 1 ? `${first} and ${chosen.length - 1} more` : first
}
