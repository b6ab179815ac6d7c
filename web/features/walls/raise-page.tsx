import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconChevronRight, IconWall } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { MatterId } from '../../../src/contract/ids.ts'
import type { MatterView } from '../../../src/contract/matter.ts'
import type { WallView } from '../../../src/contract/wall.ts'
import { placeRefusal } from '../../lib/form.ts'
import { useSection } from '../../lib/section.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Nothing } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { Unsaved } from '../access/unsaved.tsx'
import { useMatter } from '../matters/api.ts'
import { useMe } from '../session/api.ts'
import { usePreview, useRaise } from './api.ts'
import { DryRun } from './dry-run.tsx'
import { RaiseKeeping } from './raise-keeping.tsx'
import { RaisePapers } from './raise-papers.tsx'
import { FRESH, lacking, MENDS, papersFaults, type FormPart, shapeOf, type Values, wishOf } from './raise-values.ts'
import { RaiseWho } from './raise-who.tsx'
import { useNames } from './target-select.tsx'

/** `?matter=<id>`: the wall is raised from that matter’s page. */
export function RaisePage() {
  const me = useMe().data
  const [asked] = useSearchParams()
  const matter = MatterId.safeParse(asked.get('matter'))
  if (!me?.may.includes('wall.keep')) return <Nothing />
  return matter.success ? <RaiseFor id={matter.data} /> : <Raise />
}

/** One that the reader does not reach is simply not chosen yet. */
function RaiseFor({ id }: { id: MatterId }) {
  const matter = useMatter(id)
  if (matter.isPending) return <Lines count={3} />
  return <Raise matter={matter.data} />
}

const FIELDS = ['rule', 'trigger', 'needKnownAt', 'information', 'reason', 'procedures', 'fee', 'memorandum', 'certifyDays', 'remindDays']

function Raise({ matter }: { matter?: MatterView }) {
  useSection('Walls')
  const go = useNavigate()
  const raise = useRaise()
  const names = useNames(matter)
  const [wrong, setWrong] = useState<string | null>(null)
  const [raised, setRaised] = useState<WallView | null>(null)
  const form = useForm<Values>({ initialValues: matter ? { ...FRESH, a: [`matter:${matter.id}`] } : FRESH, validate: papersFaults })
  const preview = useDryRun(form.values)
  const code = lacking(form.values) ?? preview.data?.faults[0]?.code ?? null
  const mend = code && MENDS[code]
  useEffect(() => {
    if (raised) void go(`/walls/${raised.id}`)
  }, [raised, go])

  const send = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      const wall = await raise.mutateAsync(wishOf(values))
      notifications.show({ message: wall.state === 'coming' ? 'The wall is set for its day.' : 'The wall stands.' })
      setRaised(wall)
    } catch (fault) {
      const placed = placeRefusal(fault, FIELDS)
      form.setErrors(placed.fields)
      setWrong(placed.text)
      void preview.refetch()
    }
  })
  const onMend = (part: FormPart) => {
    if (part === 'dates') form.setFieldError('dates', 'wrong')
    goTo(part, form.values.kind === 'two-sided')
  }

  return (
    <div className="page raisepage">
      <div className="stack sm">
        <nav className="crumbs" aria-label="Path">
          <Link to="/walls">Walls</Link>
          <IconChevronRight {...line} size={12} />
          <span>New</span>
        </nav>
        <h1 className="title">Raise a wall</h1>
      </div>
      <form className="raisecols" onSubmit={send} noValidate>
        <div className="stack lg raiseparts">
          <Part title="Who from what">
            <RaiseWho form={form} names={names} preview={preview.data} />
          </Part>
          <Part title="Why">
            <RaisePapers form={form} />
          </Part>
          <Part title="How it is kept">
            <RaiseKeeping form={form} />
          </Part>
        </div>
        <DryRun of={preview} />
        <div className="stack sm">
          <Wrong>{wrong}</Wrong>
          <div className="row acts">
            {mend ? (
              <Button onClick={() => onMend(mend.part)}>{mend.act}</Button>
            ) : (
              <Button type="submit" variant="filled" className="crosses" leftSection={<IconWall {...line} />} loading={form.submitting}>
                Raise the wall
              </Button>
            )}
          </div>
          <p className="meta">
            {mend
              ? 'It cannot be raised before that.'
              : 'It stands with this press, also for whoever has it open. A second person is needed to lift it.'}
          </p>
        </div>
      </form>
      <Unsaved when={form.isDirty() && !raised} />
    </div>
  )
}

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section className="stack lg" aria-label={title}>
    <h2 className="head">{title}</h2>
    {children}
  </section>
)

/** A dry run of what stands in the form, a moment after it was last changed. */
function useDryRun(values: Values) {
  const lacks = lacking(values)
  const shape = JSON.stringify(lacks === null || lacks === 'dates' ? withoutDates(values, lacks === 'dates') : null)
  const [settled] = useDebouncedValue(shape, 400)
  return usePreview(useMemo(() => JSON.parse(settled) as ReturnType<typeof shapeOf> | null, [settled]))
}

/** While its dates cannot stand, who would lose what is shown as of now. */
const withoutDates = (values: Values, drop: boolean) => shapeOf(drop ? { ...values, starts: 'now', ends: 'never' } : values)

/** To the field that a fault is about. */
function goTo(part: FormPart, two: boolean): void {
  const field = document.getElementById(
    { who: two ? 'wall-sides' : 'wall-who', what: 'wall-what', sides: 'wall-sides', dates: 'wall-dates' }[part],
  )
  const first = field?.matches('input') ? field : field?.querySelector<HTMLElement>('input, button')
  const to = first ?? field ?? document.getElementById('wall-what')
  to?.focus()
  to?.scrollIntoView({ block: 'center' })
}
