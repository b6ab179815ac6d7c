import { setTimeout as pause } from 'node:timers/promises'
import { uuidv7 } from '../../core/ids.ts'
import type { ProbeId } from '../../contract/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { inPerson } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { handOver } from '../people/leavers.ts'
import { Line } from './asking.ts'
import { newTag, type Cast, type Part } from './cast.ts'
import type { Planted } from './nouns.ts'
import { questionOf } from './questions.ts'
import { calls } from '../../contract/calls.ts'
import { tell, Unplanted } from './teller.ts'

export type Lines = Record<Part, Line>
const UPLOAD = calls['document.upload']
const BEGIN = calls['upload.begin']
const DAY_MS = 86_400_000
const TOLD_WITHIN_MS = 10_000
const FOUND_WITHIN_MS = 60_000

/**
 * Plants one of everything that a parameter of the API can name, through the firm's own door, and raises a wall around it. The
 * twin is on the matter before, opens its document and adds one, as far as its roles let it.
 * @throws Unplanted
 */
type Place = { probe: ProbeId; cast: Cast; lines: Lines; common: Planted['common']; oversees: boolean }
export async function plant(house: House, { probe, cast, lines, common, oversees }: Place): Promise<Planted> {
  const { keeper, founder, asker, rescuer, twin } = lines
  const { players } = cast
  const mark = newTag(10)
  const [client, title, party, file] = ['client', 'matter', 'party', 'file.txt'].map((what) => `Leak probe ${mark} ${what}`) as [
    string,
    string,
    string,
    string,
  ]
  const taken = await tell(founder, 'client.create', {
    body: { name: client, aliases: [`Leak probe ${mark} alias`], emails: [`${mark}@${mark}.invalid`] },
  })
  const begun = await tell(founder, 'matter.create', { body: { client: taken.id, title } })
  const matter = begun.id
  const join = (by: Line, part: Part, role: string) =>
    tell(by, 'team.join', { params: { matter }, body: { person: players[part].person, role, reason: `Leak probe ${mark}` } })
  await join(founder, 'keeper', 'responsible')
  // the founder goes, and a handover is left
  await house.clerk({ name: 'probe' }, (db) => db.run('select hidden.leave_probe($1, $2)', [probe, players.founder.person]))
  await handOver(house)
  const { handovers } = await tell(keeper, 'handover.list')
  const added = await tell(keeper, 'party.add', { params: { matter }, body: { name: party, role: 'adverse' } })
  await tell(keeper, 'matter.openTo', { params: { matter }, body: { group: cast.group, reason: `Leak probe ${mark}` } })
  const first = await upload(keeper, matter, file, mark, 'privileged')
  // told to those on the matter at that time, and so not to the twin
  const lowering = await tell(keeper, 'document.lower', {
    params: { document: first },
    body: { class: 'confidential', reason: `Leak probe ${mark}` },
  })
  const doomed = await upload(keeper, matter, `third ${file}`, `${mark} third`, 'confidential')
  const destruction = await tell(keeper, 'document.destroy', {
    params: { matter },
    body: { documents: [doomed], reason: `Leak probe ${mark}` },
  })
  const hold = await tell(keeper, 'hold.place', { params: { matter }, body: holdOf(mark) })
  const bundle = await tell(keeper, 'document.bundle', { params: { matter }, body: { of: { whole: true }, leaveOut: true } })
  await join(keeper, 'twin', 'member')
  const may = (await tell(twin, 'person.me')).may
  const second = await upload(may.includes('document.upload') ? twin : keeper, matter, `second ${file}`, mark, 'confidential')
  const openings = [await tell(keeper, 'document.open', { params: { document: first } })]
  if (may.includes('document.read')) openings.unshift(await tell(twin, 'document.open', { params: { document: second } }))
  const uploads = [
    await beginUpload(keeper, matter, `fourth ${file}`),
    ...(may.includes('document.upload') ? [await beginUpload(twin, matter, `fifth ${file}`)] : []),
  ]
  for (const one of [first, second]) await findable(keeper, mark, one)
  const reached = await tell(keeper, 'recipient.create', { params: { matter }, body: recipientOf(mark) })
  const check = await tell(keeper, 'conflict.check', { body: { names: [party], matter } })
  const requests = await askFor(begun.number, mark, { keeper, asker, rescuer })
  const { entries } = await tell(keeper, 'entry.list', { params: { matter } })
  const wall = await tell(keeper, 'wall.raise', { body: { ...wallOf(mark), matters: [{ matter }], people: screened(cast, oversees) } })
  return {
    ids: {
      client: [taken.id],
      matter: [matter],
      party: [added.id],
      recipient: [reached.id],
      address: reached.addresses.map((one) => one.id),
      document: [first, second],
      opening: openings.map((one) => one.opening),
      bundle: [bundle.bundle],
      upload: uploads,
      wall: [wall.id],
      confirmation: [lowering.confirmation, destruction.confirmation],
      hold: [hold.id],
      destruction: [destruction.destruction],
      request: requests,
      check: [check.id],
      handover: handovers.map((one) => one.id),
      entry: entries.slice(0, 1).map((one) => one.id),
    },
    words: { number: begun.number, title, client, party, file },
    typed: typedOf(mark),
    common,
    mark,
  }
}

const recipientOf = (mark: string) => ({
  ...{ kind: 'person', name: `Leak probe ${mark} recipient`, part: 'counsel', side: 'theirs' },
  addresses: [
    { kind: 'email', address: `${mark.toLowerCase()}@probe.example` },
    { kind: 'phone', address: '+44 20 7946 0987' },
  ],
})

/** Phrases, fields, wildcards, beginnings and mistypings of what stands behind the wall alone. */
const typedOf = (mark: string): string[] => [
  mark,
  `Leak probe ${mark} folder`,
  `"stands in ${mark}"`,
  `name:${mark} ext:txt`,
  `matter:${mark}`,
  `client:${mark} NOT orchard`,
  `stands w/5 ${mark}`,
  `${mark.slice(0, 6)}*`,
  `?${mark.slice(1)}`,
  mark.slice(0, 6),
  `${mark.slice(0, 4)}${mark[5]}${mark[4]}${mark.slice(6)}`,
]

/** Until its keeper finds what it says: before that nobody's search tells anything. @throws Unplanted */
async function findable(keeper: Line, mark: string, document: string): Promise<void> {
  for (const until = now() + FOUND_WITHIN_MS; now() < until; await pause(200)) {
    const { hits } = await tell(keeper, 'search.run', { body: { words: `"stands in ${mark}"` } })
    if (hits.some((hit) => hit.document === document || hit.same.some((one) => one.document === document))) return
  }
  throw new Unplanted('a document that was planted is not found by what it says')
}

/** Whoever oversees sees the matters of others by their role: to know nothing of this one the peer is screened too. */
const screened = ({ players }: Cast, oversees: boolean) =>
  [players.twin, ...(oversees ? [players.peer] : [])].map(({ person }) => ({ person }))

async function upload(line: Line, matter: string, name: string, mark: string, label: string): Promise<string> {
  const question = questionOf(
    UPLOAD as never,
    { params: { matter }, query: { name, folder: `Leak probe ${mark} folder`, class: label } },
    [],
  )
  const answer = await line.ask({ ...question, body: Buffer.from(`What stands in ${mark}, ${name}.\n`.repeat(20)) })
  if (answer.status !== 201) throw new Unplanted(`document.upload answered ${answer.status}`)
  return (JSON.parse(answer.bytes.toString()) as { id: string }).id
}

/** An upload in parts of which nothing has arrived. */
async function beginUpload(line: Line, matter: string, name: string): Promise<string> {
  const question = questionOf(BEGIN as never, { params: { matter } }, [])
  const said = { 'tus-resumable': '1.0.0', 'upload-length': '1000', 'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` }
  const answer = await line.ask({ ...question, headers: { ...question.headers, ...said } })
  if (answer.status !== 201) throw new Unplanted(`upload.begin answered ${answer.status}`)
  return (JSON.parse(answer.bytes.toString()) as { id: string }).id
}

/** One request that waits, one that was granted, and an emergency whose review is open. Which matter they mean is worked out afterwards. */
async function askFor(
  number: string,
  mark: string,
  { keeper, asker, rescuer }: Pick<Lines, 'keeper' | 'asker' | 'rescuer'>,
): Promise<string[]> {
  const body = { about: number, reason: `Leak probe ${mark}` }
  const waiting = async () => {
    for (const until = now() + TOLD_WITHIN_MS; now() < until; await pause(50)) {
      const one = (await tell(keeper, 'grant.list')).requests.find((request) => request.state === 'waiting' && request.matter !== null)
      if (one) return one.id
    }
    throw new Unplanted('a request for access did not come to its decider')
  }
  await tell(rescuer, 'grant.break-glass', { body })
  await tell(asker, 'grant.request', { body })
  const granted = await waiting()
  await tell(keeper, 'grant.approve', { params: { request: granted }, body: { days: 1, role: 'assistant' } })
  await tell(asker, 'grant.request', { body })
  const { reviews } = await tell(keeper, 'grant.reviews')
  return [await waiting(), granted, ...reviews.map((one) => one.request)]
}

/** What everyone in the firm knows of. */
export const commonOf = ({ players, group }: Cast, probe: ProbeId): Planted['common'] => ({
  person: [players.asker.person, players.twin.person],
  group: [group],
  setting: ['password'],
  probe: [probe],
  id: [players.asker.person],
})

/** What is the asker's own: a session, a device, an access token, a passkey that nobody holds the key of, a search that is kept. */
export async function plantOwn(house: House, { players }: Cast, line: Line): Promise<Record<string, string[]>> {
  const { asker } = players
  const token = await tell(line, 'token.create', { body: { name: 'Leak probe', scope: ['person.list'], days: 1 } })
  const passkey = uuidv7(now())
  const nobodys = Buffer.from(passkey.replaceAll('-', '').repeat(2), 'hex')
  await house.ways.act(asker.secret, inPerson, 'passkey.created', async (db) => {
    await db.run(
      'insert into app.passkeys (id, person_id, credential_id, public_key, counter, transports, synced, sealed_name) values ($1, $2, $3, $4, 0, $5, false, $6)',
      [passkey, asker.person, nobodys, nobodys, [], sealFirmText(house.keys, 'passkeys', 'sealed_name', passkey, 'Leak probe')],
    )
    return remembered({ object: passkey, details: { object: 'Leak probe', synced: false } }, true)
  })
  const search = await tell(line, 'search.save', { body: { name: 'Leak probe', words: 'leak probe' } })
  return { session: [asker.session], device: [asker.device], token: [token.id], passkey: [passkey], search: [search.id] }
}

const holdOf = (mark: string) => ({
  documents: [],
  trigger: `Leak probe ${mark}`,
  triggeredOn: '2026-01-01',
  issuer: 'A leak probe',
  scope: 'None: it is made for the probe',
  custodians: [],
  reason: `Leak probe ${mark}`,
})

/** It ends by itself: nobody is to certify it for years. */
const wallOf = (mark: string) => ({
  kind: 'exclusion',
  rule: 'voluntary',
  reason: `Leak probe ${mark}: tries whether the walls hold`,
  trigger: 'A leak probe',
  information: 'None: what stands behind it was made for the probe',
  procedures: ['The twin of the probe asks for everything behind it.'],
  fee: 'None',
  needKnownAt: iso(new Date(now())),
  endsAt: iso(new Date(now() + DAY_MS)),
})
