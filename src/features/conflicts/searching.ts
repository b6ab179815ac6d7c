import type { MatterId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { Rounds } from '../../platform/rounds.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { upToDateDesk } from './register.ts'

/** What is asked, with whose name it is: a name is not held against itself. `owner`: a party or a client, null for what was typed. */
export type Asked = {
  names: { text: string; kind: 'person' | 'organization' | 'unknown'; owner: string | null }[]
  emails: { text: string; owner: string | null }[]
  note: string
}
/** Kept beside a hit, sealed. */
export type Found = { asked: string; why: { how: string; words: string }[] }

/**
 * Looks through the register for the checks that were asked for, and for names that are new in it. Done after the answer to
 * whoever asked or added them, so that an answer takes the same time whatever the register holds.
 */
export const openSearching = (house: House): Rounds =>
  new Rounds(3_000, (goesOn) => searchAll(house, goesOn), { log: house.log, fault: 'couldn’t look through the conflicts register' })

const rounds = new WeakMap<House, Rounds>()
export const startSearching = (house: House): Rounds => {
  const made = openSearching(house)
  rounds.set(house, made)
  made.start()
  return made
}
/** Something is to be looked up: at once, and not within the act that asked for it. */
export const nudge = (house: House): void => void setImmediate(() => void rounds.get(house)?.run())

async function searchAll(house: House, goesOn: () => boolean): Promise<void> {
  const checks = await house.clerk({ name: 'conflicts' }, (db) =>
    db.rows<{ id: string; sealed_words: Buffer }>('select id, sealed_words from hidden.checks_to_search(20)'),
  )
  for (const check of checks) {
    if (!goesOn()) return
    const asked = JSON.parse(firmText(house.keys, 'checks', 'sealed_words', check.id, check.sealed_words)) as Asked
    const { hits, left } = await search(house, check.id, asked)
    await house.clerk({ name: 'conflicts' }, (db) => db.row('select hidden.keep_hits($1, $2, $3)', [check.id, JSON.stringify(hits), left]))
  }
  await checkNewNames(house, goesOn)
}

type New = {
  id: string
  client: string
  matter: MatterId | null
  party: string | null
  kind: 'person' | 'organization'
  form: string
  sealed_name: Buffer
}
/** New names, each noun's together; what is like another opens a check by itself, for those who decide and nobody else. */
async function checkNewNames(house: House, goesOn: () => boolean): Promise<void> {
  const rows = await house.clerk({ name: 'conflicts' }, (db) =>
    db.rows<New>('select id, client, matter, party, kind, form, sealed_name from hidden.names_to_check(500)'),
  )
  // once a round: after an import there are hundreds
  const heard = new Set<string>()
  for (const group of Map.groupBy(rows, (row) => row.party ?? row.client).values()) {
    if (!goesOn()) return
    const [first] = group
    const owner = first!.party ?? first!.client
    const words = group.map((row) => ({ row, text: firmText(house.keys, 'names', 'sealed_name', row.id, row.sealed_name) }))
    const asked: Asked = {
      names: words.filter(({ row }) => row.form !== 'email').map(({ row, text }) => ({ text, kind: row.kind, owner })),
      emails: words.filter(({ row }) => row.form === 'email').map(({ text }) => ({ text, owner })),
      note: '',
    }
    const check = uuidv7(now())
    const { hits, left } = await search(house, check, asked)
    await house.clerk({ name: 'conflicts' }, async (db) => {
      const told = await db.rows<{ id: string }>('select d as id from hidden.keep_found($1, $2, $3, $4, $5, $6, $7, $8) d', [
        check,
        first!.party ? 'party' : 'client',
        sealFirmText(house.keys, 'checks', 'sealed_words', check, JSON.stringify(asked)),
        first!.matter,
        first!.client,
        JSON.stringify(hits),
        left,
        group.map((row) => row.id),
      ])
      await notify(
        house,
        db,
        told.map((row) => row.id).filter((id) => !heard.has(id)),
        TO_DECIDE,
      )
      for (const { id } of told) heard.add(id)
    })
  }
}
export const TO_DECIDE = { text: 'A conflicts check waits for a decision.', todo: 'Decide it under Conflicts.', page: 'conflicts' } as const

type Sealed = { name: string; why: string; score: number }
/** For each name, its own rows in the register included, and of a whole check; what is left out is counted and told. */
const MOST = 200
const MOST_IN_ALL = 1000
/** Sealed for the check that they belong to. */
async function search(house: House, check: string, asked: Asked): Promise<{ hits: Sealed[]; left: number }> {
  if (asked.names.length + asked.emails.length === 0) return { hits: [], left: 0 }
  const desk = await upToDateDesk(house)
  const found = await desk.check({
    names: asked.names.map(({ text, kind }) => ({ name: text, kind })),
    domains: asked.emails.map(({ text }) => text),
    most: MOST,
  })
  const owners = await house.clerk({ name: 'conflicts' }, (db) =>
    db.rows<{ id: string; owner: string }>('select id, owner from hidden.owners_of($1)', [[...new Set(found.hits.map((hit) => hit.id))]]),
  )
  const ownerOf = new Map(owners.map((row) => [row.id, row.owner]))
  const best = new Map<string, Sealed>()
  for (const hit of found.hits) {
    const from = hit.asked === null ? null : asked.names[hit.asked]!
    const whose = from ? [from.owner] : asked.emails.map((one) => one.owner)
    if (whose.length > 0 && whose.every((one) => one !== null && one === ownerOf.get(hit.id))) continue
    if ((best.get(hit.id)?.score ?? 0) >= hit.score) continue
    const words: Found = {
      asked: from?.text ?? asked.emails.map((one) => one.text).join(', '),
      why: hit.why.map(({ how, words: parts }) => ({ how, words: parts.join(' ~ ') })),
    }
    const sealed = sealFirmText(house.keys, 'check_hits', 'sealed_why', `${check} ${hit.id}`, JSON.stringify(words))
    best.set(hit.id, { name: hit.id, score: hit.score, why: Buffer.from(sealed).toString('base64') })
  }
  const hits = [...best.values()].sort((a, b) => b.score - a.score)
  return { hits: hits.slice(0, MOST_IN_ALL), left: found.left + Math.max(0, hits.length - MOST_IN_ALL) }
}
