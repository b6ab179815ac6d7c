import { z } from 'zod'
import { call } from './call.ts'
import { PersonId, ProbeId } from './ids.ts'
import { Instant } from './words.ts'

/** What differed between a walled thing and one that does not exist. */
export const DifferenceView = z.object({
  route: z.string(),
  what: z.enum(['status', 'header', 'bytes', 'timing']),
  text: z.string(),
})
export const ProbeView = z.object({
  id: ProbeId,
  startedAt: Instant,
  endedAt: Instant.nullable(),
  by: z.string(),
  /** Whose roles and groups the twin had. */ twinOf: z.string(),
  /** 0 to 1 while it runs. */ progress: z.number(),
  state: z.enum(['running', 'passed', 'failed', 'broken']),
  routes: z.number().int(),
  asked: z.number().int(),
  differences: z.array(DifferenceView),
})
export type ProbeView = z.infer<typeof ProbeView>
export const calls = {
  'probe.start': call('POST /probes', 'Make a walled twin of a person and ask every route about what it must not see', {
    status: 201,
    body: z.object({
      person: PersonId,
      /** tries for each route's timing; 0 leaves timing out */ tries: z.number().int().min(0).max(2000).default(0),
    }),
    answer: ProbeView,
  }),
  'probe.list': call('GET /probes', 'Probes and what they found', { answer: z.object({ probes: z.array(ProbeView) }) }),
  'probe.report': call('GET /probes/:probe/report', 'A probe’s signed report (C2SP signed note)', {
    params: z.object({ probe: ProbeId }),
    gives: 'bytes',
  }),
}
