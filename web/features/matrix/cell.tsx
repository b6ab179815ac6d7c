import { Button, Checkbox, NumberInput, Popover, Radio, Switch } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Handling, Matrix } from '../../../src/contract/matrix.ts'
import type { Class } from '../../../src/contract/words.ts'
import { className } from '../../ui/class.tsx'
import { capital } from '../people/words.ts'
import { type Control, FIELDS, type Row } from './cells.ts'
import { type Draft, isChanged, withField } from './draft.ts'

type Props = { row: Row; its: Class; draft: Draft & { before: Matrix } }

/** A cell while the matrix is changed: its words, and behind them its fields. */
export function Cell({ row, its, draft }: Props) {
  const [opened, { toggle, close }] = useDisclosure()
  const before = draft.before.classes[its]
  const now = draft.matrix.classes[its]
  const changed = isChanged(before, now, row.fields)
  const undo = () => draft.set(row.fields.reduce((matrix, field) => withField(matrix, its, field, before[field]), draft.matrix))
  return (
    <Popover opened={opened} onChange={close} width="19rem" position="bottom-start" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <button
          type="button"
          className="cell"
          data-changed={changed || undefined}
          aria-label={`${row.name}, ${className(its)}: ${row.words(now)}${changed ? ', changed' : ''}`}
          onClick={toggle}
        >
          {capital(row.words(now))}
          {changed && <span className="meta">Was: {row.words(before)}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            event.stopPropagation()
            close()
          }}
        >
          <h3 className="sub">
            {row.name}, {className(its)}
          </h3>
          {row.fields
            .filter((field) => isAsked(field, now))
            .map((field) => (
              <Field
                key={field}
                field={field}
                value={now[field]}
                onChange={(value) => draft.set(withField(draft.matrix, its, field, value))}
              />
            ))}
          <div className="row">
            <Button size="xs" type="submit">
              Done
            </Button>
            {changed && (
              <Button size="xs" variant="subtle" onClick={undo}>
                As it was
              </Button>
            )}
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

/** What follows from another field is not asked for. */
function isAsked(field: keyof Handling, now: Handling): boolean {
  if (field === 'maxGroup') return now.groups
  if (field === 'downloadAsks') return now.download
  return field !== 'retentionYears' || now.retention !== 'none'
}

type FieldProps = { field: keyof Handling; value: Handling[keyof Handling]; onChange: (value: never) => void }

function Field({ field, value, onChange }: FieldProps) {
  const { name, control } = FIELDS[field]
  const change = onChange as (value: unknown) => void
  if (control.kind === 'yes')
    return <Switch withThumbIndicator={false} label={name} checked={value as boolean} onChange={(event) => change(event.target.checked)} />
  if (control.kind === 'one')
    return (
      <Radio.Group label={name} value={String(value)} onChange={change}>
        <div className="rolechoice">
          {Object.entries(control.values).map(([name, words]) => (
            <Radio key={name} value={name} label={capital(words)} />
          ))}
        </div>
      </Radio.Group>
    )
  if (control.kind === 'some')
    return (
      <Checkbox.Group label={name} value={value as string[]} onChange={(chosen) => change(inOrder(chosen, control))}>
        <div className="rolechoice">
          {Object.entries(control.values).map(([name, words]) => (
            <Checkbox key={name} value={name} label={capital(words)} />
          ))}
        </div>
      </Checkbox.Group>
    )
  return <Amount name={name} control={control} value={value as number | null} onChange={change} />
}

const inOrder = (chosen: string[], control: { values: Record<string, string> }) =>
  Object.keys(control.values).filter((name) => chosen.includes(name))

type AmountProps = { name: string; control: Control & { kind: 'number' }; value: number | null; onChange: (value: number | null) => void }

function Amount({ name, control: { unit, least, most, none }, value, onChange }: AmountProps) {
  return (
    <div className="stack sm">
      {none && (
        <Checkbox
          label={capital(none)}
          checked={value === null}
          onChange={(event) => onChange(event.target.checked ? null : Math.max(least, 30))}
        />
      )}
      {value !== null && (
        <NumberInput
          label={`${name}, in ${unit}`}
          min={least}
          max={most}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          hideControls
          value={value}
          onChange={(typed) => typeof typed === 'number' && onChange(typed)}
        />
      )}
    </div>
  )
}
