import { afterAll, expect, test } from 'vitest'
import type { MatterId } from '../src/contract/ids.ts'
import type { RecipientView } from '../src/contract/recipient.ts'
import type { Caller } from './world/caller.ts'
import { Mailbox, secretIn } from './world/mailbox.ts'
import { useWorld } from './world/world.ts'

const mailbox = new Mailbox()
const world = useWorld(async (made) => {
  await mailbox.open()
  made.env = { SUBROSA_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`, SUBROSA_MAIL_FROM: 'Wren & Ames <files@wren-ames.test>' }
})
afterAll(() => mailbox.close())

const at = () => ({ params: { matter: world.orchard.id } })
const moss = (more: object = {}) => ({
  ...{ kind: 'person', name: 'Dana Field', office: 'Delta Law', part: 'counsel', side: 'theirs', actsFor: 'Delta plc' },
  ...more,
})
const added = (more: object = {}, who: Caller = world.ada): Promise<RecipientView> =>
  who.ok('recipient.create', { ...at(), body: moss(more) })
const read = (id: string) => world.ada.ok('recipient.read', { params: { ...at().params, recipient: id } })
const EMAIL = { kind: 'email', address: 'dfield@deltalaw.example' }
const PHONE = { kind: 'phone', address: '+44 20 7946 0123' }
const on = (view: RecipientView, n = 0) => ({ params: { ...at().params, recipient: view.id, address: view.addresses[n]!.id } })
const levels = (view: RecipientView) => view.addresses.map(({ level }) => level)

test('a recipient is added with a part and addresses, changed, taken out, and each is an entry that says so', async () => {
  const deeds = await world.deedsOf(async () => {
    const view = await added({ addresses: [EMAIL, PHONE] })
    expect(view).toMatchObject({ name: 'Dana Field', part: 'counsel', side: 'theirs', actsFor: 'Delta plc', version: 1, elsewhere: [] })
    expect(view.addresses.map(({ kind, address, level, coolsUntil }) => [kind, address, level, coolsUntil])).toEqual([
      ['email', EMAIL.address, 'V0', null],
      ['phone', PHONE.address, 'V0', null],
    ])
    const params = { ...at().params, recipient: view.id }
    const body = moss({ name: 'Dana Fields', side: 'neither', version: 1 })
    expect(await world.ada.ok('recipient.change', { params, body })).toMatchObject({ name: 'Dana Fields', side: 'neither', version: 2 })
    expect(await world.ada.refused('recipient.change', { params, body })).toBe('version.old')
    expect((await world.ben.ok('recipient.list', at())).recipients.map(({ name }) => name)).toContain('Dana Fields')
    await world.ada.ok('recipient.remove', { params })
    expect(await world.ada.refused('recipient.read', { params })).toBe('nothing')
  })
  expect(deeds).toEqual(['recipient.added', 'recipient.changed', 'recipient.removed', 'nothing.answered'])
})

test('who does not reach the matter finds no recipient of it, by no call, and gives them no part elsewhere', async () => {
  const view = await added({ addresses: [EMAIL] })
  const params = on(view).params
  for (const call of ['recipient.list', 'recipient.read', 'recipient.remove'] as const)
    expect([call, await world.cora.refused(call, { params })]).toEqual([call, 'nothing'])
  expect(await world.cora.refused('recipient.doubt', { params, body: { reason: 'x' } })).toBe('nothing')
  // a matter of her own, from which she would bring him over
  const client = await world.cora.ok('client.create', { body: { name: 'Pear Growers' } })
  const own = await world.cora.ok('matter.create', { body: { client: client.id, title: 'Pears' } })
  const there = { matter: own.id, recipient: view.id }
  expect(await world.cora.refused('recipient.place', { params: there, body: { part: 'expert', side: 'ours' } })).toBe('nothing')
  const find = async (text: string) => (await world.cora.ok('recipient.find', { params: { matter: own.id }, body: { text } })).recipients
  expect([await find(EMAIL.address), await find('Dana')]).toEqual([[], []])
  // the same address is added like any other: she is told nothing
  const hers = await world.cora.ok('recipient.create', { params: { matter: own.id }, body: moss({ addresses: [EMAIL] }) })
  expect(hers.elsewhere).toEqual([])
  expect((await read(view.id)).elsewhere).toEqual([])
})

test('whoever reaches both matters finds a recipient by any writing of the mailbox, and brings them', async () => {
  const view = await added({ name: 'Ina Bruno', addresses: [{ kind: 'email', address: 'Ina.Bruno+files@Bücher.example' }, PHONE] })
  const client = await world.ada.ok('client.create', { body: { name: 'Second Client' } })
  const second = (await world.ada.ok('matter.create', { body: { client: client.id, title: 'Second' } })).id as MatterId
  const find = async (text: string) =>
    (await world.ada.ok('recipient.find', { params: { matter: second }, body: { text } })).recipients.map(({ name }) => name)
  expect(await find('ina.bruno@xn--bcher-kva.example')).toEqual(['Ina Bruno'])
  expect(await find('(+44) 20 7946-0123')).toContain('Ina Bruno')
  expect(await find('bruno')).toEqual(['Ina Bruno'])
  const params = { matter: second, recipient: view.id }
  const placed = await world.ada.ok('recipient.place', { params, body: { part: 'expert', side: 'ours' } })
  expect(placed).toMatchObject({ part: 'expert', elsewhere: [{ matter: world.orchard.id, part: 'counsel', side: 'theirs' }] })
  expect(await world.ada.refused('recipient.place', { params, body: { part: 'expert', side: 'ours' } })).toBe('recipient.placed')
  expect(await world.ada.refused('address.add', { params, body: { kind: 'email', address: 'INA.BRUNO@bücher.example' } })).toBe(
    'address.known',
  )
})

test('what was written down in a matter is seen by whoever reaches that one, and counts for nobody else', async () => {
  const client = await world.ada.ok('client.create', { body: { name: 'Third Client' } })
  const walled = (await world.ada.ok('matter.create', { body: { client: client.id, title: 'Walled' } })).id as MatterId
  const there = { params: { matter: walled } }
  const view = await world.ada.ok('recipient.create', { ...there, body: moss({ name: 'Both Sides', addresses: [EMAIL] }) })
  const address = view.addresses[0]!.id
  const body = { method: 'directory', confirmed: true, evidence: 'Told in the walled matter' }
  await world.ada.ok('recipient.verify', { params: { ...there.params, recipient: view.id, address }, body })
  await world.ada.ok('recipient.place', { params: { ...at().params, recipient: view.id }, body: { part: 'expert', side: 'ours' } })
  expect((await read(view.id)).addresses).toMatchObject([
    { address: EMAIL.address, level: 'V2', verifications: [{ evidence: body.evidence }] },
  ])
  // Ben is on the one team and not on the other
  const params = { ...at().params, recipient: view.id }
  expect(await world.ben.ok('recipient.read', { params })).toMatchObject({ name: 'Both Sides', addresses: [], elsewhere: [] })
  for (const call of ['address.end', 'recipient.doubt'] as const)
    expect([call, await world.ben.refused(call, { params: { ...params, address }, body: { reason: 'x' } })]).toEqual([call, 'nothing'])
  expect(await world.ben.refused('recipient.verify', { params: { ...params, address }, body })).toBe('nothing')
  // the same address is his to add, is new to him in nothing, and begins at the beginning
  const his = await world.ben.ok('address.add', { params, body: EMAIL })
  expect(his.addresses).toMatchObject([{ address: EMAIL.address, level: 'V0', fell: null, coolsUntil: null, verifications: [] }])
  expect((await read(view.id)).addresses.map(({ level }) => level)).toEqual(['V2', 'V0'])
  await world.asSuperuser(world.database, (db) =>
    db.run('update app.standings set ended_at = now(), ended_by = added_by where matter_id = $1', [walled]),
  )
})

test('an address is confirmed step by step, each method to its own level and no further', async () => {
  const view = await added({ name: 'Step Wise', addresses: [{ kind: 'email', address: 'step@wise.example' }, PHONE] })
  const verify = (body: object, n = 0) =>
    world.ada.ok('recipient.verify', { ...on(view, n), body: { confirmed: true, evidence: 'As said', ...body } })
  const refused = (body: object, n = 0) =>
    world.ada.refused('recipient.verify', { ...on(view, n), body: { confirmed: true, evidence: 'As said', ...body } })
  expect(levels(await verify({ method: 'question' }))).toEqual(['V1', 'V0'])
  expect(await refused({ method: 'certificate' })).toBe('level.below')
  expect(await refused({ method: 'identity' })).toBe('level.below')
  // through itself, through nothing, or through what is no telephone
  expect(await refused({ method: 'call-back', by: view.addresses[0]!.id })).toBe('address.unfit')
  expect(await refused({ method: 'call-back' })).toBe('address.unfit')
  expect(await refused({ method: 'directory', by: view.addresses[1]!.id })).toBe('address.unfit')
  const called = await verify({ method: 'call-back', by: view.addresses[1]!.id, evidence: 'Spoke to her at 14:05' })
  expect(called.addresses[0]).toMatchObject({ level: 'V2', fell: null })
  expect(called.addresses[0]!.verifications[0]).toMatchObject({
    ...{ method: 'call-back', level: 'V2', by: PHONE.address, evidence: 'Spoke to her at 14:05', verifiedBy: 'Ada Wren', void: null },
  })
  const days = (new Date(called.addresses[0]!.levelEnds!).getTime() - Date.now()) / 86_400_000
  expect(Math.round(days)).toBe(365)
  expect(levels(await verify({ method: 'certificate' }))[0]).toBe('V3')
  const seen = await verify({ method: 'identity' })
  expect(levels(seen)[0]).toBe('V4')
  expect(Math.round((new Date(seen.addresses[0]!.levelEnds!).getTime() - Date.now()) / 86_400_000)).toBe(730)
  // a try that failed is recorded and takes nothing away
  expect(levels(await verify({ method: 'loop', confirmed: false }))[0]).toBe('V4')
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.verifications set expires_at = now() - interval '1 day' where level > 2`),
  )
  expect(levels(await read(view.id))[0]).toBe('V2')
  const doubted = await world.ben.ok('recipient.doubt', { ...on(view), body: { reason: 'An odd letter came' } })
  expect(doubted.addresses[0]).toMatchObject({ level: 'V0', fell: null })
  await verify({ method: 'directory' })
  await world.asSuperuser(world.database, (db) => db.run(`update app.verifications set expires_at = now() - interval '1 day'`))
  expect((await read(view.id)).addresses[0]).toMatchObject({ level: 'V0', fell: 'expired' })
})

test('an address that comes beside another cools off, confirms nothing, and is confirmed by nothing that came with it', async () => {
  const view = await added({ name: 'New Number', addresses: [{ kind: 'email', address: 'old@number.example' }, PHONE] })
  const params = { ...at().params, recipient: view.id }
  await world.ada.ok('address.add', { params, body: { kind: 'phone', address: '+44 20 7946 0999' } })
  const changed = await world.ada.ok('address.add', { params, body: { kind: 'email', address: 'new@number.example' } })
  const [, known, given, fresh] = changed.addresses
  const hours = (new Date(fresh!.coolsUntil!).getTime() - Date.now()) / 3_600_000
  expect([given!.coolsUntil === null, Math.round(hours)]).toEqual([false, 24])
  const by = (id: string) => ({
    params: { ...params, address: fresh!.id },
    body: { method: 'call-back', confirmed: true, evidence: 'x', by: id },
  })
  // the number that came with the suspicious mail
  expect(await world.ada.refused('recipient.verify', by(given!.id))).toBe('address.unfit')
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.recipient_addresses set cools_until = now() where id = $1`, [given!.id]),
  )
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.recipient_addresses set added_at = added_at + interval '1 hour' where id = $1`, [given!.id]),
  )
  expect(await world.ada.refused('recipient.verify', by(given!.id))).toBe('address.unfit')
  expect((await world.ada.ok('recipient.verify', by(known!.id))).addresses.find(({ id }) => id === fresh!.id)!.level).toBe('V2')
  const ended = await world.ada.ok('address.end', { params: { ...params, address: fresh!.id } })
  expect(ended.addresses.map(({ address }) => address)).not.toContain('new@number.example')
  const [row] = await world.asSuperuser(world.database, (db) =>
    db.rows('select void from app.verifications where address_id = $1', [fresh!.id]),
  )
  expect(row).toEqual({ void: 'changed' })
})

test('a code by a second channel confirms an address; wrong, late, spent and made up are one answer', async () => {
  const view = await added({
    name: 'By Code',
    addresses: [{ kind: 'email', address: 'by@code.example' }, { kind: 'email', address: 'home@code.example' }, PHONE],
  })
  const ask = (n: number) => world.ada.ok('recipient.challenge', { ...on(view), body: { by: view.addresses[n]!.id } })
  expect(await world.ada.refused('recipient.challenge', { ...on(view), body: { by: view.addresses[0]!.id } })).toBe('address.unfit')
  const answer = async (secret: string, code: string) => {
    const { status, json } = await world.eve.ask('challenge.answer', { body: { secret, code } })
    return [status, JSON.stringify(json)]
  }
  const said = await ask(2)
  expect(said.code).toMatch(/^\d{4} \d{4}$/)
  const secret = secretIn(await mailbox.next('by@code.example', 'confirm'))
  const mine = mailbox.letters.find(({ to }) => to === 'by@code.example')!
  for (const word of ['By Code', 'Orchard', 'Ada', said.code!])
    expect([word, `${mine.subject} ${mine.text}`.includes(word)]).toEqual([word, false])
  const wrong = await answer(secret, '0000 0000')
  expect(wrong[0]).toBe(403)
  expect(await answer('a'.repeat(43), said.code!)).toEqual(wrong)
  expect(await answer(secret, said.code!)).toEqual([204, 'null'])
  expect((await read(view.id)).addresses[0]).toMatchObject({ level: 'V2', verifications: [{ method: 'code', by: PHONE.address }] })
  expect(await answer(secret, said.code!)).toEqual(wrong)

  // by e-mail: the code goes to the other mailbox, and is not answered
  mailbox.letters.length = 0
  expect((await ask(1)).code).toBe(null)
  const code = /\d{4} \d{4}/.exec((await mailbox.next('home@code.example', 'Your code')).text)![0]
  const link = secretIn(await mailbox.next('by@code.example', 'confirm'))
  for (let n = 0; n < 5; n += 1) expect(await answer(link, '1234 5678')).toEqual(wrong)
  expect(await answer(link, code)).toEqual(wrong)
  await ask(2)
  const late = secretIn(await mailbox.next('by@code.example', 'telephone'))
  const spoken = (await ask(2)).code!
  // a newer one ends the one before it
  expect(await answer(late, spoken)).toEqual(wrong)
  const newest = secretIn(mailbox.letters.at(-1)!)
  await world.asSuperuser(world.database, (db) => db.run(`update app.challenges set ends_at = now() - interval '1 second'`))
  expect(await answer(newest, spoken)).toEqual(wrong)
})

test('an address that its server does not know has bounced, and what confirmed it falls', async () => {
  const view = await added({ name: 'Bounced', addresses: [{ kind: 'email', address: 'gone@bounced.example' }, PHONE] })
  await world.ada.ok('recipient.verify', { ...on(view), body: { method: 'directory', confirmed: true, evidence: 'Law list' } })
  mailbox.refusing = true
  expect(await world.ada.refused('recipient.challenge', { ...on(view), body: { by: view.addresses[1]!.id } })).toBe('mail.refused')
  mailbox.refusing = false
  expect((await read(view.id)).addresses[0]).toMatchObject({ level: 'V0', fell: 'bounced', bouncedAt: expect.any(String) })
})

test('what is no address is refused by field, and no name turns its reading direction', async () => {
  for (const address of [
    { kind: 'email', address: 'nobody' },
    { kind: 'phone', address: 'ring me' },
    { kind: 'fax', address: '1' },
  ])
    expect(await world.ada.refused('recipient.create', { ...at(), body: moss({ addresses: [address] }) })).toBe('input.invalid')
  expect(await world.ada.refused('recipient.create', { ...at(), body: moss({ name: 'Fay \u202e ssoM' }) })).toBe('name.refused')
})
