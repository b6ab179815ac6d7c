import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../../lib/ask.ts'
import { ask } from '../../lib/ask.ts'
import { count, counted, dateOf, since } from '../../lib/format.ts'
import { KeyLines } from '../../ui/key-lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { REPORT } from './api.ts'

const DAYS = 365

/** For an auditor: the reviews of the last year, by number. Nothing before the first one fell due. */
export function Report() {
  const report = useQuery({
    queryKey: REPORT,
    queryFn: ({ signal }) => ask('log-review.report', { query: { from: since(DAYS), to: since(-1) }, signal }),
  })
  if (!report.data || report.data.planned === 0) return null
  return (
    <Panel id="report" title={`Since ${dateOf(since(DAYS))}`}>
      <KeyLines of={rowsOf(report.data)} className="body" />
    </Panel>
  )
}

function rowsOf(report: Answer<'log-review.report'>): [string, string][] {
  const { planned, signed, late, overdue, open, clean, findings, items, questions, medianHours } = report
  return [
    [
      'Fell due',
      `${counted(planned, 'review')}: ${count(signed)} signed, ${count(late)} of them late; ${count(open)} to sign, ${count(overdue)} overdue.`,
    ],
    ['Outcomes', `${count(clean)} with nothing found, ${count(findings)} with findings.`],
    ['Accesses', `${count(items)} put before a reviewer; ${count(questions)} asked for an answer.`],
    ...(medianHours === null
      ? []
      : ([['Time', `Half of them were signed within ${within(medianHours)} of the end of their period.`]] as [string, string][])),
  ]
}

const within = (hours: number): string =>
  hours < 1 ? 'an hour' : hours < 48 ? counted(Math.ceil(hours), 'hour') : counted(Math.ceil(hours / 24), 'day')
