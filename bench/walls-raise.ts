import type { CallId } from '../src/contract/calls.ts'
import { CLEAR_WALLS, largeFirm, type Server } from './large-firm.ts'
import { median, row, scatter, type Figure, type Row } from './measure.ts'
import { CLIENT_MATTERS, LOCKED, nth, PEOPLE } from './seed-walls.ts'

/** Raises it over HTTP against one person and against a group of fifty; afterwards it is taken away past the program. */
export function raising(server: Server): Figure {
  const figure: Figure = {
    id: `walls-${server}-raise`,
    what: `wall.raise on a client with ${CLIENT_MATTERS} matters, from the request to its answer: the slowest; the next request of everyone who is screened gets nothing`,
    unit: 'ms',
    bar: { most: 1000 },
    measure: async (stage) => {
      const firm = await largeFirm(stage, server)
      const against = {
        one: { people: [{ person: nth('person', PEOPLE.screened) }], screened: (await firm.session(PEOPLE.screened)).caller, of: 3 },
        fifty: { groups: [{ group: nth('group', LOCKED) }], screened: (await firm.session(PEOPLE.others)).caller, of: 0 },
      }
      const rows: Row[] = []
      const slowest: number[] = []
      for (const [whom, { screened, of, ...kept }] of Object.entries(against)) {
        const matter = nth('matter', of)
        const shape = { kind: 'exclusion', clients: [{ client: nth('client', 0) }], ...kept }
        const runs: Record<'preview' | 'raise', number[]> = { preview: [], raise: [] }
        for (let run = 0; run < (stage.quick ? 3 : 7); run += 1) {
          // of a factor that was proved just now
          const keeper = (await firm.session(PEOPLE.keeper)).caller
          const seen = await screened.ask('document.list', { params: { matter } })
          if (seen.status !== 200) throw new Error(`before the wall ${whom} was answered ${seen.status}`)
          const ask = async (call: CallId & ('wall.preview' | 'wall.raise'), body: object) => {
            const begun = performance.now()
            const reply = await keeper.ask(call, { body })
            if (reply.status >= 300) throw new Error(`${call} answered ${reply.status}: ${reply.bytes.toString()}`)
            runs[call === 'wall.raise' ? 'raise' : 'preview'].push(performance.now() - begun)
          }
          await ask('wall.preview', shape)
          await ask('wall.raise', { ...shape, ...WORDS })
          const gone = await screened.ask('document.list', { params: { matter } })
          if (gone.status !== 404) throw new Error(`behind the wall ${whom} was answered ${gone.status}`)
          await firm.db.run(CLEAR_WALLS)
        }
        slowest.push(Math.max(...runs.raise))
        for (const [act, took] of Object.entries(runs))
          rows.push(
            row({ id: `${figure.id}-${act}-${whom}`, what: `wall.${act} against ${whom}`, unit: 'ms' }, median(took), null, scatter(took)),
          )
      }
      return [row(figure, Math.max(...slowest), null, `PostgreSQL ${firm.version}`), ...rows]
    },
  }
  return figure
}

const WORDS = {
  rule: '1.10(a)(2)',
  reason: 'Came from the other side',
  trigger: 'A lateral hire',
  information: 'Of the other side',
  procedures: ['No access'],
  fee: 'None',
  needKnownAt: '2026-01-01T00:00:00Z',
}
