import type { FastifyReply } from 'fastify'
import type { PersonId, ProbeId } from '../../contract/ids.ts'
import type { ProbeView } from '../../contract/probe.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { enterCast, newCast } from './cast.ts'
import { signedReport } from './report.ts'
import { Unplanted } from './teller.ts'
import { runProbe, type Progress, type Wish } from './run.ts'

/** What is sealed with a probe. */
type Words = Pick<ProbeView, 'by' | 'twinOf' | 'state' | 'routes' | 'asked' | 'differences'> & {
  model: PersonId
  tries: number
  report: string | null
}
type Row = { id: ProbeId; sealed_words: Buffer; started_at: Date; ended_at: Date | null }

/** The one that runs in this process. */
const running = new WeakMap<House, { probe: ProbeId; progress: Progress; ended: Promise<void> }>()

const sealWords = (house: House, probe: ProbeId, words: Words) =>
  sealFirmText(house.keys, 'probes', 'sealed_words', probe, JSON.stringify(words))
const openWords = ({ keys }: Pick<House, 'keys'>, row: Row): Words =>
  JSON.parse(firmText(keys, 'probes', 'sealed_words', row.id, row.sealed_words)) as Words

/**
 * Begins a probe; its people come into the firm, and all the rest goes on, after the answer.
 * @throws Refusal `probe.running`
 */
export async function start(ask: Ask, { body }: Input<'probe.start'>): Promise<ProbeView | null> {
  const { house } = ask
  const probe = uuidv7(now()) as ProbeId
  const cast = newCast()
  const words = await ask.act('probe.run', async ({ db, me }) => {
    const people = await db.rows<{ id: string; sealed_name: Buffer }>('select id, sealed_name from app.people where id = any ($1)', [
      [body.person, me.person],
    ])
    const nameOf = (id: string) => {
      const row = people.find((one) => one.id === id)
      return row ? firmText(house.keys, 'people', 'sealed_name', id, row.sealed_name) : null
    }
    const [twinOf, by] = [nameOf(body.person), nameOf(me.person)!]
    if (twinOf === null) return null
    const begun: Words = {
      by,
      twinOf,
      state: 'running',
      routes: 0,
      asked: 0,
      differences: [],
      model: body.person,
      tries: body.tries,
      report: null,
    }
    const row = await db
      .row<{ ok: boolean }>('select hidden.ask_probe($1, $2, $3) as ok', [probe, body.person, sealWords(house, probe, begun)])
      .catch(refuse({ SR027: { code: 'probe.running' } }))
    if (!row!.ok) return null
    return remembered({ object: body.person, details: { object: twinOf, tries: body.tries } }, begun)
  })
  if (!words) return null
  const progress: Progress = { done: 0, routes: 0, asked: 0, differences: [], isStopped: false }
  const startedAt = new Date(now())
  const ended = go(house, { probe, cast, tries: body.tries }, words, startedAt, progress)
  running.set(house, { probe, progress, ended })
  return viewOf(house, { id: probe, sealed_words: sealWords(house, probe, words), started_at: startedAt, ended_at: null })
}

/** Runs it and ends it, whatever comes. Never rejects. */
async function go(house: House, wish: Wish, words: Words, startedAt: Date, progress: Progress): Promise<void> {
  const found = await bringIn(house, wish, words.model)
    .then(() => runProbe(house, wish, progress))
    .catch((fault: unknown) => {
      // its words are codes and names of calls
      if (fault instanceof Unplanted) house.log.error(`couldn’t bring a probe to its end: ${fault.message}`)
      else house.log.error('couldn’t bring a probe to its end', fault)
      return null
    })
  const { asked, differences } = progress
  const done: Words = {
    ...words,
    asked,
    differences,
    routes: progress.routes,
    state: found === null ? 'broken' : differences.length === 0 ? 'passed' : 'failed',
  }
  const heading = { ...words, probe: wish.probe, startedAt: iso(startedAt), endedAt: iso(new Date(now())) }
  if (found) done.report = signedReport(house.keys, heading, found)
  await end(house, wish.probe, done)
    .catch((fault: unknown) => house.log.error('couldn’t end a probe: it is ended at the next start', fault))
    .finally(() => running.delete(house))
}

/** Its people come in, once it is written down who asked for it. @throws Unplanted */
async function bringIn(house: House, { probe, cast }: Wish, model: PersonId): Promise<void> {
  const done = await house.clerk({ name: 'probe' }, (db) => enterCast(house, db, probe, model, cast))
  if (!done) throw new Unplanted('whom the twin was to be like has left')
}

/** With its entry: what it had made is closed, and its people have left. */
const end = (house: House, probe: ProbeId, words: Words | null): Promise<void> =>
  house.clerk({ name: 'probe' }, async (db) => {
    const row = await db.row<{ ok: boolean }>('select hidden.end_probe($1, $2) as ok', [probe, words && sealWords(house, probe, words)])
    if (!row!.ok) return
    const details: Record<string, string | number> = words
      ? { object: words.twinOf, tries: words.tries, state: words.state, differences: words.differences.length }
      : { state: 'broken' }
    await rememberAsClerk(house, db, 'probe.run', null, null, { object: words?.model ?? probe, details })
  })

/** Ends what a process that is gone left, before anyone comes in. */
export async function sweepProbes(house: House): Promise<void> {
  const left = await house.clerk({ name: 'probe' }, (db) => db.rows<{ id: ProbeId }>('select p as id from hidden.open_probes() p'))
  for (const { id } of left) await end(house, id, null)
}
/** Stops the one that runs, and waits for its end. */
export async function stopProbe(house: House): Promise<void> {
  const one = running.get(house)
  if (!one) return
  one.progress.isStopped = true
  await one.ended
}

const PROBES = 'select id, sealed_words, started_at, ended_at from app.probes'
export async function list({ house, db }: Here): Promise<Answer<'probe.list'>> {
  const rows = await db.rows<Row>(`${PROBES} order by started_at desc limit 100`)
  return { probes: rows.map((row) => viewOf(house, row)) }
}

function viewOf(house: House, row: Row): ProbeView {
  const words = openWords(house, row)
  const own = running.get(house)
  const progress = row.ended_at === null && own?.probe === row.id ? own.progress : null
  return {
    id: row.id,
    startedAt: iso(row.started_at),
    endedAt: row.ended_at && iso(row.ended_at),
    by: words.by,
    twinOf: words.twinOf,
    progress: progress?.done ?? (row.ended_at ? 1 : 0),
    // what was still running when its process went is broken
    state: words.state === 'running' && row.ended_at ? 'broken' : words.state,
    routes: progress?.routes ?? words.routes,
    asked: progress?.asked ?? words.asked,
    differences: (progress?.differences ?? words.differences).slice(0, MOST_SHOWN),
  }
}
/** The report holds all of them. */
const MOST_SHOWN = 500

/** The signed report. @throws Refusal `probe.running` while there is none yet */
export async function report(ask: Ask, { params }: Input<'probe.report'>): Promise<FastifyReply | null> {
  const row = await ask.look(({ db }) => db.row<Row>(`${PROBES} where id = $1`, [params.probe]))
  if (!row) return null
  const words = openWords(ask.house, row)
  if (words.state === 'running' && row.ended_at === null) throw new Refusal('probe.running', { text: 'This probe has not ended yet.' })
  if (words.report === null) return null
  const bytes = Buffer.from(words.report)
  return ask.reply
    .code(200)
    .header('content-type', 'text/plain; charset=utf-8')
    .header('content-length', bytes.length)
    .header('content-disposition', 'attachment; filename="leak-probe.txt"')
    .send(bytes)
}
