import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { codeOf } from './world/build.ts'
import { Mailbox, secretIn } from './world/mailbox.ts'
import { useWorld } from './world/world.ts'

const mailbox = new Mailbox()
let dir: string
/** A password that is strong by itself and stands on the operator's list. */
const LEAKED = 'violet harbor kettle 4471'
const world = useWorld(async (made) => {
  await mailbox.open()
  dir = await mkdtemp(join(tmpdir(), 'subrosa-leaked-'))
  const hashes = [LEAKED, 'another one', 'a third'].map((text) => createHash('sha1').update(text).digest('hex').toUpperCase())
  await writeFile(
    join(dir, 'list.txt'),
    hashes
      .sort()
      .map((hash) => `${hash}:3\r\n`)
      .join(''),
  )
  made.env = {
    SUBROSA_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
    SUBROSA_MAIL_FROM: 'Wren & Ames <it@wren-ames.test>',
    SUBROSA_BREACHED_PASSWORDS: join(dir, 'list.txt'),
  }
})
afterAll(async () => {
  await mailbox.close()
  await rm(dir, { recursive: true })
})
const sql = (text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.run(text, values))
const signIn = async (name: string, password = world.account(name).password) => {
  await world.forgetUsedCodes()
  const { email, totp } = world.account(name)
  const caller = world.caller(name)
  return { caller, reply: await caller.ask('session.create', { body: { email, password, code: codeOf(totp) } }) }
}
const setPassword = (name: string, password: string) => (world.account(name).password = password)

test('a password is changed with the one before it and a fresh factor; other sessions end and its owner is told by mail', async () => {
  const other = await world.signIn(world.account('ben'), 'ben')
  const change = (current: string, password: string) => world.ben.ask('password.change', { body: { current, password } })
  const codeFor = async (current: string, password: string) =>
    ((await change(current, password)).json as { error: { code: string } }).error.code
  const before = world.account('ben').password
  expect(await codeFor('not the pass phrase', 'quiet marmot tangerine 77')).toBe('password.wrong')
  expect(await codeFor(before, before)).toBe('password.reused')
  expect(await codeFor(before, 'P@ssw0rd2026!')).toBe('password.weak')
  expect(await codeFor(before, 'wrenandames2026')).toBe('password.weak')
  expect(await codeFor(before, 'ben@wren-ames.test')).toBe('password.weak')
  expect(await codeFor(before, LEAKED)).toBe('password.weak')
  const sixtyFour = 'a b c d e f g h marmot tangerine lantern sixty four spaces here!'
  expect(sixtyFour).toHaveLength(64)
  expect((await change(before, sixtyFour)).status).toBe(204)
  setPassword('ben', sixtyFour)
  expect(await other.refused('person.me')).toBe('session.none')
  await world.ben.ok('person.me')
  await world.firm.mailer.run()
  await mailbox.next('ben@wren-ames.test', 'Your password was changed')
  expect((await signIn('ben')).reply.status).toBe(201)
}, 60_000)

test('a client’s name is no password for who knows of the client, and no oracle for who does not', async () => {
  const word = 'Zyglofar Heptane'
  await world.refresh()
  await world.ada.ok('client.create', { body: { name: word } })
  const password = 'zyglofarheptane'
  const knows = await world.ada.ask('password.change', { body: { current: world.account('ada').password, password } })
  expect((knows.json as { error: { code: string } }).error.code).toBe('password.weak')
  // Cora does not reach that client: the same word is what it is by itself
  const alone = await world.cora.ask('password.change', { body: { current: world.account('cora').password, password } })
  expect(alone.status).toBe(204)
  setPassword('cora', password)
}, 30_000)

test('a link renews a forgotten password, with a second factor and never past it; whether there is such an account shows nowhere', async () => {
  const known = await world.eve.ask('password.forget', { body: { email: 'ruth@wren-ames.test' } })
  const unknown = await world.eve.ask('password.forget', { body: { email: 'nobody@wren-ames.test' } })
  expect([known.status, known.bytes.toString()]).toEqual([unknown.status, unknown.bytes.toString()])
  const letter = await mailbox.next('ruth@wren-ames.test', '/invitation#s=')
  expect(mailbox.letters.filter((one) => one.to === 'nobody@wren-ames.test')).toEqual([])
  expect(letter.text).toContain(`${world.firm.url}/invitation#s=`)
  const secret = secretIn(letter)
  const visitor = world.caller('ruth')
  expect((await visitor.ok('invitation.read', { body: { secret } })).kind).toBe('password')
  const password = 'quiet marmot tangerine 78'
  expect(await visitor.refused('password.reset', { body: { secret, password } })).toBe('factor.missing')
  expect(await visitor.refused('password.reset', { body: { secret, password, code: '000000' } })).toBe('code.refused')
  expect(await visitor.refused('invitation.accept', { body: { secret, password } })).toBe('invitation.spent')
  await world.forgetUsedCodes()
  await visitor.ok('password.reset', { body: { secret, password, code: codeOf(world.account('ruth').totp) } })
  expect((await visitor.ok('person.me')).email).toBe('ruth@wren-ames.test')
  expect(await world.ruth.refused('person.me')).toBe('session.none')
  expect(await visitor.refused('password.reset', { body: { secret, password, code: '000000' } })).toBe('invitation.spent')
  setPassword('ruth', password)
  world.ruth = await world.signIn(world.account('ruth'), 'ruth')
}, 60_000)

test('by age no change is asked for as it comes; with a rotation of ninety days it is on the ninety-first, before any session', async () => {
  const aged = (days: number) => sql(`update app.people set password_changed_at = now() - make_interval(days => $1)`, [days])
  await aged(400)
  expect((await signIn('cora')).reply.status).toBe(201)
  await world.refresh()
  const change = (value: object) =>
    world.sam.ok('setting.change', { params: { setting: 'password' }, body: { value, reason: 'Terms of a client' } })
  await change({ rotationDays: 90, history: 3 })
  await aged(89)
  expect((await signIn('cora')).reply.status).toBe(201)
  await aged(91)
  const { caller, reply } = await signIn('cora')
  const answer = reply.json as { endsAt: null; next: { step: string; secret: string; why: string } }
  expect([answer.endsAt, answer.next.step, answer.next.why]).toEqual([null, 'password', 'The firm asks for a new password every 90 days.'])
  expect(caller.cookie).toBeNull()
  expect(await caller.refused('person.me')).toBe('session.none')
  const { secret } = answer.next
  expect(await caller.refused('password.renew', { body: { secret, password: world.account('cora').password } })).toBe('password.reused')
  const password = 'quiet marmot tangerine 79'
  await caller.ok('password.renew', { body: { secret, password } })
  await caller.ok('person.me')
  expect(await caller.refused('password.renew', { body: { secret, password: 'quiet marmot tangerine 80' } })).toBe('invitation.spent')
  const old = world.account('cora').password
  setPassword('cora', password)
  // history: the one before cannot come back either
  const back = await caller.ask('password.change', { body: { current: password, password: old } })
  expect((back.json as { error: { code: string } }).error.code).toBe('password.reused')
  const rows = await world.asSuperuser(world.database, (db) =>
    db.rows<{ version: number; set_by: string }>(`select version, set_by from app.settings where name = 'password'`),
  )
  expect(rows).toHaveLength(1)
  await change({ rotationDays: null, history: 0 })
}, 60_000)

test('kinds of characters are asked for where the firm says so; a year-old password is a line on the page and nothing more', async () => {
  world.sam = await world.signIn(world.account('sam'), 'sam')
  world.cora = await world.signIn(world.account('cora'), 'cora')
  const change = (composition: boolean) =>
    world.sam.ok('setting.change', {
      params: { setting: 'password' },
      body: { value: { rotationDays: null, history: 0, composition }, reason: 'Terms' },
    })
  await change(true)
  const judged = async (password: string) => (await world.eve.ok('password.judge', { body: { password } })).fault
  expect(await judged('quiet marmot tangerine')).toContain('capital letters')
  expect(await judged('Quiet-marmot tangerine 77')).toBeNull()
  const tried = await world.cora.ask('password.change', {
    body: { current: world.account('cora').password, password: 'quiet marmot tangerine 90' },
  })
  expect((tried.json as { error: { code: string } }).error.code).toBe('password.weak')
  await change(false)
  expect(await judged('quiet marmot tangerine')).toBeNull()
  expect((await world.cora.ok('person.me')).standing).not.toContain('password.year')
  await sql(`update app.people set password_changed_at = now() - interval '366 days'`)
  expect((await world.cora.ok('person.me')).standing).toContain('password.year')
  await sql(`update app.people set password_changed_at = now()`)
}, 30_000)

test('a password that turns up on the list asks for a new one at the next sign-in, and a marked one does', async () => {
  // chosen before the list had it
  const { hashPassword } = await import('../src/platform/passwords.ts')
  await sql('update app.people set password_hash = $1 where id = $2', [
    await hashPassword(LEAKED, world.firm.house.keys.pepper),
    (await world.sam.ok('person.me')).id,
  ])
  setPassword('sam', LEAKED)
  const { reply, caller } = await signIn('sam')
  const { next } = reply.json as { next: { step: string; secret: string; why: string } }
  expect([next.step, next.why]).toEqual(['password', 'Your password stands on a list of passwords that became known elsewhere.'])
  const { email, totp } = world.account('sam')
  await world.forgetUsedCodes()
  expect(await caller.refused('token.issue', { body: { name: 'x', email, password: LEAKED, code: codeOf(totp) } })).toBe('password.due')
  await caller.ok('password.renew', { body: { secret: next.secret, password: 'quiet marmot tangerine 81' } })
  setPassword('sam', 'quiet marmot tangerine 81')
  expect((await signIn('sam')).reply.status).toBe(201)
}, 60_000)

test('an invitation goes by mail and nobody else sees it; when the mail server will not have it, it is handed over', async () => {
  world.sam = await world.signIn(world.account('sam'), 'sam')
  const invited = await world.sam.ok('person.invite', { body: { name: 'Noor Haddad', email: 'noor@wren-ames.test', roles: ['staff'] } })
  expect(invited.invitation).toMatchObject({ url: null, secret: null, sent: true })
  const letter = await mailbox.next('noor@wren-ames.test', '/invitation#s=')
  expect((await world.caller('noor').ok('invitation.read', { body: { secret: secretIn(letter) } })).kind).toBe('invitation')
  mailbox.refusing = true
  const again = await world.sam.ok('person.inviteAgain', { params: { person: invited.id } })
  mailbox.refusing = false
  expect(again.sent).toBe(false)
  expect(again.url).toContain('/invitation#s=')
  // the link from before is dead
  expect(await world.caller('noor').refused('invitation.read', { body: { secret: secretIn(letter) } })).toBe('invitation.spent')
}, 30_000)
