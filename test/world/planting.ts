import type { MatterId } from '../../src/contract/ids.ts'
import { zip } from '../reading/made.ts'
import { scanPdf } from '../scans/made.ts'
import { openProvider, SECRET, visit } from '../fixtures/real-provider.ts'
import { Authenticator } from './authenticator.ts'
import type { Caller } from './caller.ts'
import { anyReview, wallWords } from './bodies.ts'
import { CANARIES } from './canaries.ts'
import { writeAccess } from '../../src/platform/own-root.ts'
import { EICAR } from './clamd.ts'
import { Directory } from './directory.ts'
import { begun } from './tus.ts'

export type Callers = Record<'ada' | 'ben' | 'cora' | 'ruth' | 'sam', Caller>

/**
 * Beside what the world begins with, a canary in each sealed column that can hold one (test/world/sealed.ts). The firm's
 * scanner calls EICAR by the canary `signature`.
 */
export async function plantAll(callers: Callers, orchard: string): Promise<void> {
  await plantBehindWalls(callers, orchard)
  await plantReceiver(callers)
  await plantInMatter(callers, await plantInAccess(callers))
}

/** What the firm comes to by itself, as soon as it has. */
async function come<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 2400; tries += 1) {
    const here = await look()
    if (here) return here
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the firm did not come to it')
}
const idOf = async (who: Caller) => (await who.ok('person.me')).id

/** A party, a wall with its papers, a request and a conflicts check, each with its mark. */
async function plantBehindWalls({ ada, cora, ruth }: Callers, matter: string): Promise<void> {
  await ada.ok('party.add', {
    params: { matter },
    body: { name: CANARIES.party, role: 'adverse', formerNames: [`Former ${CANARIES.party}`], addresses: [CANARIES.party] },
  })
  const recipient = await ada.ok('recipient.create', {
    params: { matter },
    body: {
      ...{
        kind: 'person',
        name: CANARIES.recipient,
        office: CANARIES.recipient,
        part: 'counsel',
        side: 'theirs',
        actsFor: CANARIES.recipient,
      },
      addresses: [
        { kind: 'post', address: `1 High Street, ${CANARIES.recipient}` },
        { kind: 'email', address: 'fay.kzqxrcp@moss.example' },
      ],
    },
  })
  await ada.ok('recipient.verify', {
    params: { matter, recipient: recipient.id, address: recipient.addresses[0]!.id },
    body: { method: 'directory', confirmed: true, evidence: CANARIES.recipient },
  })
  const wall = await ruth.ok('wall.raise', {
    body: {
      kind: 'exclusion',
      ...wallWords,
      matters: [{ matter }],
      people: [{ person: await idOf(cora) }],
      reason: CANARIES.screen,
      trigger: CANARIES.screen,
      information: CANARIES.screen,
      procedures: [CANARIES.screen],
      fee: CANARIES.screen,
      announced: true,
      memorandum: CANARIES.memorandum,
    },
  })
  const kept = { params: { wall: wall.id } }
  await ruth.ok('wall.note', { ...kept, body: { kind: 'inquiry', text: CANARIES.screen } })
  const to = new Date().toISOString()
  await ada.ok('wall.certify', { ...kept, body: { capacity: 'partner', from: wallWords.needKnownAt, to, words: CANARIES.memorandum } })
  await ruth.ok('wall.lift', { ...kept, body: { reason: CANARIES.screen } })
  await cora.ok('grant.request', { body: { about: CANARIES.asked, reason: CANARIES.asked } })
  const request = await come(async () => (await ruth.ok('grant.list')).requests[0])
  await ruth.ok('grant.refuse', { params: { request: request.id }, body: { reason: CANARIES.asked } })
  const { id: check } = await cora.ok('conflict.check', { body: { names: [CANARIES.asked], note: CANARIES.asked } })
  const found = await ada.ok('conflict.check', { body: { names: [CANARIES.party] } })
  for (const one of [check, found.id]) await come(async () => (await ruth.ok('conflict.read', { params: { check: one } })).searched)
  await ruth.ok('log-review.create', { body: { ...anyReview(), name: CANARIES.screen } })
  await ruth.ok('conflict.decide', { params: { check }, body: { decision: 'waived', reasoning: CANARIES.asked, waiver: CANARIES.asked } })
}

/** Where the ledger would be sent to, if a second person agreed: nothing goes there. */
async function plantReceiver({ sam }: Callers): Promise<void> {
  const settings = { kind: 'webhook', form: 'ocsf', url: 'https://127.0.0.1:9/', secret: CANARIES.watch, ca: null, names: false } as const
  await sam.ok('receiver.add', { body: { name: CANARIES.watch, settings, from: 'now', reason: CANARIES.why } })
}

/** What a directory, an identity provider and those who run accounts say of people; the group that the directory keeps. */
async function plantInAccess({ ada, ben, cora, ruth }: Callers): Promise<string> {
  const { token } = await ada.ok('token.create', { body: { name: CANARIES.token, scope: ['person.provision'], days: 30 } })
  const directory = new Directory(Object.assign(Object.create(ada) as Caller, { bearer: token }))
  const leaver = await directory.make('Users', {
    userName: 'leaver@wren-ames.test',
    displayName: 'A Leaver',
    externalId: CANARIES.external,
  })
  await ada.ok('person.leave', { params: { person: leaver.id }, body: { successor: await idOf(ben), reason: CANARIES.why } })
  const group = await directory.make('Groups', { displayName: CANARIES.group + ' abroad', externalId: CANARIES.external })
  await ada.ok('person.change', {
    params: { person: await idOf(cora) },
    body: { roles: ['paralegal', 'lawyer', 'administrator'], reason: CANARIES.why },
  })
  const { matrix, version } = await ruth.ok('matrix.read')
  matrix.classes.restricted.sendDelay += 10
  await ruth.ok('matrix.change', { body: { matrix, reason: CANARIES.why, version } })
  const { passkeyOptions } = await ada.ok('passkey.begin')
  await ada.ok('passkey.create', { body: { name: CANARIES.passkey, passkey: new Authenticator().create(passkeyOptions, ada.url) } })
  await link(ada)
  return group.id
}

/** Ada's account at a provider; afterwards its secret is another. */
async function link(ada: Caller): Promise<void> {
  const back = `${ada.url}/sso`
  const provider = await openProvider({ isLean: false, back })
  try {
    const { value } = (await ada.ok('setting.list')).settings.find((one) => one.name === 'sso')!
    const set = (more: object) =>
      ada.ok('setting.change', { params: { setting: 'sso' }, body: { value: { ...value, ...more }, reason: CANARIES.why } })
    await set({ on: true, issuer: provider.issuer, clientId: 'RS256', clientSecret: SECRET })
    provider.people.ada = { email: CANARIES.account }
    provider.login = { login: { accountId: 'ada' } }
    const { url } = await ada.ok('sso.beginLink')
    await ada.ok('sso.link', { body: await visit(url, back) })
    await set({ on: false, clientSecret: CANARIES.secret })
  } finally {
    provider.close()
  }
}

/** A client and a matter of their own, and files at each turn that a file can take. */
async function plantInMatter({ ada, ben }: Callers, group: string): Promise<void> {
  const { value } = (await ada.ok('setting.list')).settings.find((one) => one.name === 'matters')!
  await ada.ok('setting.change', {
    params: { setting: 'matters' },
    body: { value: { ...value, numberPattern: `${CANARIES.number}-{random:6}` }, reason: CANARIES.why },
  })
  const client = await ada.ok('client.create', { body: { name: CANARIES.client, aliases: [`${CANARIES.client} & Daughters`] } })
  const wish = { client: client.id, title: CANARIES.title, type: CANARIES.kind, class: 'confidential' }
  const { id: matter } = await ada.ok('matter.create', { body: wish })
  const here = { params: { matter } }
  await ada.ok('team.join', { ...here, body: { person: await idOf(ben), reason: CANARIES.reason } })
  await ada.ok('matter.openTo', { ...here, body: { group, reason: CANARIES.reason } })

  const file = (name: string, content: string | Buffer) => ada.upload(matter, name, CANARIES.folder, Buffer.from(content as string))
  const at = ({ id }: { id: string }) => ({ params: { document: id } })
  const kept = await file(CANARIES.file, CANARIES.content)
  await ada.ok('document.describe', {
    ...at(kept),
    body: { privilege: 'none', tags: [], author: CANARIES.about, custodian: '', source: '', receivedOn: null },
  })
  const query = new URLSearchParams({ from: '1', reason: CANARIES.version })
  const type = { 'content-type': 'application/octet-stream' }
  await ada.send('POST', `/api/documents/${kept.id}/versions?${query}`, type, Buffer.from(`${CANARIES.content}, and more`))
  await ada.ok('document.take-out', { ...at(kept), body: { note: CANARIES.out } })
  await file(`found ${CANARIES.file}`, `${CANARIES.content} ${EICAR}`)
  await ada.ok('document.unpack', at(await file('all.zip', zip([{ path: CANARIES.place, data: CANARIES.content }]))))
  await begun(ada, matter, 1000, { filename: CANARIES.wish })

  await search(ada, matter, kept.id)
  const hold = await ben.ok('hold.place', {
    ...here,
    body: {
      documents: [kept.id],
      trigger: CANARIES.hold,
      triggeredOn: '2026-02-03',
      issuer: CANARIES.hold,
      scope: CANARIES.hold,
      custodians: [],
      reason: CANARIES.hold,
    },
  })
  await ada.ok('hold.lift', { params: { hold: hold.id }, body: { reason: CANARIES.lifting } })
  const destroy = async (name: string) =>
    ada.ok('document.destroy', {
      ...here,
      body: { documents: [(await file(name, CANARIES.content + name)).id], reason: CANARIES.end, basis: CANARIES.end },
    })
  const ends = await destroy(`ended ${CANARIES.file}`)
  await ben.ok('confirmation.decide', { params: { confirmation: ends.confirmation }, body: { approve: true } })
  const state = async () => (await ada.ok('certificate.read', { params: { destruction: ends.destruction } })).state
  await come(async () => (await state()) === 'certified')
  // its names stand until it is decided
  await destroy(`to end ${CANARIES.file}`)
  // what ends takes the bundles of its matter with it
  await ada.ok('document.bundle', { ...here, body: { of: { documents: [kept.id] }, leaveOut: true } })
}

/** Everything read, also letters of a scan; then searched, in every way. */
async function search(ada: Caller, matter: MatterId, document: string): Promise<void> {
  await ada.upload(matter, 'scan.pdf', '', await scanPdf(`Letters of a scan: ${CANARIES.letters}`))
  await come(async () => {
    const { waiting, scan } = await ada.ok('index.status', { params: { matter } })
    return waiting + scan === 0
  })
  const mark = CANARIES.content.split(' ').at(-1)!
  for (const words of [CANARIES.query, `"${CANARIES.content}"`, `${mark.slice(0, 5)}*`, `${mark}x`, `outfall NOT ${CANARIES.query}`]) {
    await ada.ok('search.run', { body: { words } })
    await ada.ok('search.suggest', { body: { words: words.slice(0, -1) } })
    await ada.ask('search.export', { body: { words } })
    await ada.ok('search.passages', { params: { document }, body: { words } })
  }
  await ada.ok('search.save', { body: { name: CANARIES.kept, words: CANARIES.query, isTold: true } })
  const gone = await ada.ok('search.save', { body: { name: CANARIES.kept, words: CANARIES.query } })
  await ada.ok('search.change', { params: { search: gone.id }, body: { name: CANARIES.kept, words: CANARIES.query } })
  await ada.ok('search.forget', { params: { search: gone.id } })
  await ada.ok('index.again', { params: { document }, body: {} })
}

/** A client's key, whose name is a mark, and a matter on its way under it by two people; which one. `dir`: SUBROSA_OWN_KEYS. */
export async function plantKey({ ada, ben, sam }: Pick<Callers, 'ada' | 'ben' | 'sam'>, dir: string): Promise<string> {
  await writeAccess(dir, CANARIES.root, { kind: 'file', key: Buffer.alloc(32, 9).toString('base64') })
  await sam.ok('root.add', { body: { name: CANARIES.root } })
  const client = await ada.ok('client.create', { body: { name: CANARIES.client } })
  const { id: matter } = await ada.ok('matter.create', { body: { client: client.id, title: CANARIES.title } })
  await ada.ok('team.join', { params: { matter }, body: { person: await idOf(ben), reason: CANARIES.reason } })
  const { confirmation } = await ada.ok('root.put', { params: { matter }, body: { name: CANARIES.root, reason: CANARIES.why } })
  await ben.ok('confirmation.decide', { params: { confirmation }, body: { approve: true } })
  return matter
}
