import type { ScimPart } from '../../contract/scim.ts'
import { canonical, type Json } from '../../core/canonical.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { brokenConstraint, type Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered, type Also } from '../../platform/ways.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { handOver } from '../people/leavers.ts'
import { letLeave } from '../people/leaving.ts'
import { settingOf } from '../settings/settings.ts'
import { deliver, makeLink, type Made } from '../sign-in/links.ts'
import { emailToken } from '../sign-in/proofs.ts'
import { readResource, USERS } from './scim-attributes.ts'
import { readFilter } from './scim-filter.ts'
import { answerList, answerOne, checkVersion, type Resource } from './scim-answers.ts'
import { patched } from './scim-patch.ts'
import { externalToken, peopleFor, wishOf, type Person, type Who, type Wish } from './scim-users.ts'

export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

type User = Answer<'scim.userRead'>
type Written = { resource: Resource; link: Made | null }

export async function list(ask: Ask, { query }: Input<'scim.userList'>): Promise<Answer<'scim.userList'>> {
  const people = await ask.look(({ house, db }) => peopleFor(house, db, whoOf(query.filter)))
  return answerList(
    ask,
    USERS,
    people.map(({ resource }) => resource),
    query,
  )
}

/** A directory looks each of its people up by one word: those are found by their tokens, and nobody else is opened. */
function whoOf(filter: string | undefined): Who {
  const read = filter === undefined ? null : readFilter(USERS, filter)
  if (read?.kind !== 'compare' || read.op !== 'eq' || typeof read.value !== 'string' || read.at?.sub !== null) return {}
  if (read.at.attribute.name === 'userName') return { email: read.value }
  return read.at.attribute.name === 'externalId' ? { externalId: read.value } : {}
}

export async function read(ask: Ask, { params, query }: Input<'scim.userRead'>) {
  const person = await ask.look(({ house, db }) => personFor(house, db, params.id))
  return person ? answerOne<User>(ask, USERS, person.resource, query) : null
}

/**
 * A new person, with no role of their own; or one back whom the directory had deleted, by their address. They are sent an
 * invitation where mail is set up, unless the identity provider lets people of mapped groups in.
 * @throws Refusal `email.taken`, `person.state`, `scim.…`
 */
export async function create(ask: Ask, { query, body }: Input<'scim.userCreate'>) {
  const invites = await isInviting(ask.house)
  const done = await ask.act('person.provisioned', async (here) => {
    const wish = wishOf(readResource(USERS, body), null)
    const { house, db } = here
    const gone = await db.row<{ id: string | null }>('select hidden.unlisted_person($1) as id', [emailToken(house, wish.email)])
    const id = gone?.id ?? uuidv7(now())
    const also: Also[] = []
    if (gone?.id) also.push(await takeBack(db, id, wish.name))
    if (gone?.id) await revise(here, id, wish)
    else await insert(here, id, wish)
    // an account that the directory keeps switched off
    if (!wish.active) also.push(await letGo(here, id, wish.name))
    return remembered({ object: id, details: { object: wish.name, brought: true } }, await written(here, id, wish.active && invites), also)
  })
  return finish(ask, done, query)
}

export const replace = (ask: Ask, { params, query, body }: Input<'scim.userReplace'>) =>
  write(ask, params.id, query, (before) => wishOf(readResource(USERS, body), before))

export const change = (ask: Ask, { params, query, body }: Input<'scim.userChange'>) =>
  write(ask, params.id, query, (before) => wishOf(patched(USERS, before.resource, body), before))

/** Lets a person leave, at once, and takes them out of the directory’s sight. */
export async function remove(ask: Ask, { params }: Input<'scim.userDelete'>) {
  const done = await ask.act('person.provisioned', async (here) => {
    const person = await held(here, params.id)
    if (!person) return null
    checkVersion(ask, USERS, person.resource)
    const also = person.resource.active ? [await letGo(here, params.id, person.name)] : []
    await here.db.run('select hidden.unlist_person($1)', [params.id])
    return remembered({ object: params.id, details: { object: person.name, removed: true } }, undefined, also)
  })
  if (done !== null) void handOver(ask.house)
  return done
}

const personFor = async (house: House, db: Db, id: string): Promise<Person | null> =>
  isId(id) ? ((await peopleFor(house, db, { id }))[0] ?? null) : null

async function held({ house, db }: Here, id: string): Promise<Person | null> {
  if (isId(id)) await db.run('select hidden.hold_person($1)', [id])
  return personFor(house, db, id)
}

/** One write: the version, what changes, the entry. What changes nothing is no act and leaves none. */
async function write(ask: Ask, id: string, part: ScimPart, wishFor: (before: Person) => Wish) {
  const invites = await isInviting(ask.house)
  const unchanged: { resource?: Resource } = {}
  const done = await ask.act('person.provisioned', async (here) => {
    const person = await held(here, id)
    if (!person) return null
    checkVersion(ask, USERS, person.resource)
    const wish = wishFor(person)
    const changes = changesOf(person, wish)
    if (changes.length === 0) {
      unchanged.resource = person.resource
      return null
    }
    const also = await apply(here, id, person, wish, changes)
    const isInvited = wish.active && invites && (changes.includes('active') || changes.includes('address'))
    return remembered(
      { object: id, details: { object: person.name, changed: changes.join(', ') } },
      await written(here, id, isInvited),
      also,
    )
  })
  return unchanged.resource ? answerOne<User>(ask, USERS, unchanged.resource, part) : finish(ask, done, part)
}

type Change = 'active' | 'name' | 'address' | 'directory'
const changesOf = ({ resource, name, email, told }: Person, wish: Wish): Change[] => [
  ...(resource.active !== wish.active ? (['active'] as const) : []),
  ...(name !== wish.name ? (['name'] as const) : []),
  ...(email !== wish.email ? (['address'] as const) : []),
  ...(canonical(told as Json) !== canonical(wish.told as Json) ? (['directory'] as const) : []),
]

async function apply(here: Here, id: string, person: Person, wish: Wish, changes: Change[]): Promise<Also[]> {
  if (!wish.active) return [await letGo(here, id, person.name)]
  const also = changes.includes('active') ? [await takeBack(here.db, id, person.name)] : []
  if (changes.includes('name') || changes.includes('address')) {
    if (!(await revise(here, id, wish)))
      throw new Refusal('scim.mutability', {
        text: 'The firm gave this person roles by hand, or something about them waits for a second person: name and address are changed in Subrosa.',
      })
  } else if (changes.includes('directory')) await reviseWords(here, id, wish)
  if (changes.includes('address'))
    await notify(here.house, here.db, [id], {
      text: 'The firm’s directory changed your e-mail address.',
      todo: 'You sign in with the new one. If it is not yours, tell your administrator.',
    })
  return also
}

const sealedWords = ({ keys }: House, id: string, { told }: Wish): Buffer =>
  sealFirmText(keys, 'people', 'sealed_directory', id, JSON.stringify(told))
const externalOf = (house: House, { told }: Wish): Buffer | null => (told.externalId ? externalToken(house, told.externalId) : null)
const ownWords = (house: House, id: string, wish: Wish): Buffer[] => [
  sealFirmText(house.keys, 'people', 'sealed_name', id, wish.name),
  sealFirmText(house.keys, 'people', 'sealed_email', id, wish.email),
  emailToken(house, wish.email),
]

const refuseTaken = (fault: unknown): never => {
  throw brokenConstraint(fault) === 'people_email_token_key' ? new Refusal('email.taken', { cause: fault }) : fault
}
const insert = ({ house, db }: Here, id: string, wish: Wish): Promise<unknown> =>
  db
    .run('select hidden.provision_person($1, $2, $3, $4, $5, $6)', [
      id,
      ...ownWords(house, id, wish),
      sealedWords(house, id, wish),
      externalOf(house, wish),
    ])
    .catch(refuseTaken)

const REVISE = 'select hidden.revise_person($1, $2, $3, $4, $5, $6) as ok'
/** Name and address too; false when they are not the directory's to say. */
const revise = async ({ house, db }: Here, id: string, wish: Wish): Promise<boolean> =>
  (await db
    .row<{ ok: boolean }>(REVISE, [id, ...ownWords(house, id, wish), sealedWords(house, id, wish), externalOf(house, wish)])
    .catch(refuseTaken))!.ok
const reviseWords = async ({ house, db }: Here, id: string, wish: Wish): Promise<boolean> =>
  (await db.row<{ ok: boolean }>(REVISE, [id, null, null, null, sealedWords(house, id, wish), externalOf(house, wish)]))!.ok

async function takeBack(db: Db, id: string, name: string): Promise<Also> {
  const back = await db.row<{ ok: boolean }>('select hidden.provision_back($1) as ok', [id])
  if (!back!.ok) throw new Refusal('person.state', { text: 'What this person left is still being handed over. Try again in a minute.' })
  return { deed: 'person.returned', subject: { object: id, details: { object: name, directory: true } } }
}

async function letGo(here: Here, id: string, name: string): Promise<Also> {
  const reason = 'The directory says that they have left.'
  const left = await letLeave(here, { person: { id, name }, at: null, successor: null, reason })
  if (!left) throw new Refusal('nothing')
  return { deed: 'person.left', subject: { ...left.subject, details: { ...left.subject.details, directory: true } } }
}

async function isInviting(house: House): Promise<boolean> {
  const sso = await settingOf(house, 'sso')
  return house.mail !== null && !(sso.on && sso.joining === 'groups')
}

async function written({ house, db }: Here, id: string, invite: boolean): Promise<Written> {
  const [person] = await peopleFor(house, db, { id })
  if (!person) throw new Error('a person that was just written is not there')
  return { resource: person.resource, link: invite ? await makeLink(db, id, 'invitation') : null }
}

async function finish(ask: Ask, done: Written | null, part: ScimPart) {
  if (!done) return null
  // what someone leaves is handed over at once, and nobody waits for it here
  if (done.resource.active === false) void handOver(ask.house)
  // a link that could not be sent is made anew by an administrator
  if (done.link) await deliver(ask.house, done.link, ['Your administrator', ''])
  return answerOne<User>(ask, USERS, done.resource, part)
}
