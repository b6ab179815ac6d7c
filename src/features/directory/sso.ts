import { Email, Name } from '../../contract/words.ts'
import { uuidv7 } from '../../core/ids.ts'
import { exactToken, normalEmail } from '../../core/tokens.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { begin as beginAt, type Claims } from '../../platform/oidc.ts'
import { brokenConstraint, type Db } from '../../platform/postgres.ts'
import { networkOf } from '../../platform/network.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Input, Visit, Visited } from '../../platform/route.ts'
import { groupToken } from '../access/groups.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { settingOf } from '../settings/settings.ts'
import { innerLink } from '../sign-in/links.ts'
import { accountOf, countTry, emailToken, factorsOf, partyOf, type Account } from '../sign-in/proofs.ts'
import { readSecret, secretHash } from '../sign-in/secrets.ts'
import { nowThere, conclude } from '../sign-in/sign-in.ts'
import { proveOptions } from '../../platform/webauthn.ts'
import { cameBack, keep, ssoOf, type Sso } from './sso-kept.ts'
import { externalToken } from './scim-users.ts'

/** Within a quarter of an hour from one network: each costs the provider a request. */
const MOST_TRIES = 300

/** Sends a browser to the identity provider. @throws Refusal `sso.off`, `sso.provider`, `session.too_many` */
export async function begin({ house, address }: Visit): Promise<Visited<Answer<'sso.begin'>>> {
  await countTry(house, 'sso', networkOf(address), MOST_TRIES)
  const sso = await ssoOf(house)
  const { url, kept } = await beginAt(sso.provider, { acrValues: sso.setting.secondFactor.acr })
  return { answer: { url }, keep: keep(house, sso, kept, { for: 'sign-in' }) }
}

/**
 * What the provider sent back: who it is, by issuer and subject; who may come in by a group; which groups they are in;
 * and whether a second factor is still to be proved.
 * @throws Refusal `sso.…`, `session.too_many`, `session.passkey_only`
 */
export async function finish(visit: Visit, { body }: Input<'sso.finish'>): Promise<Visited<Answer<'sso.finish'>>> {
  const { house, address, kept } = visit
  await countTry(house, 'sso', networkOf(address), MOST_TRIES)
  const sso = await ssoOf(house)
  const { as, ...callback } = body
  const known: { person: string | null } = { person: null }
  try {
    const claims = await cameBack(house, sso, kept, { for: 'sign-in' }, callback)
    const account = await arrive(visit, sso, claims)
    known.person = account.person
    return { ...(await proceed(visit, sso, claims, account, as)), keep: null }
  } catch (fault) {
    // a browser that never went away costs nothing, and is no try
    if (fault instanceof Refusal && fault.code !== 'sso.state' && known.person === null)
      await house.ways.visit((db) =>
        rememberVisit(house, db, 'session.refused', null, { details: { address, identity: true, code: fault.code } }),
      )
    throw fault
  }
}

/** The keyed token of an account at a provider: both words, each as it is written (OpenID Connect Core 1.0, 5.7). */
export function accountToken({ keys }: Pick<House, 'keys'>, { issuer, subject }: Claims): Buffer {
  if (!/^[\x20-\x7e]+$/.test(subject)) throw new Refusal('sso.provider', { cause: new Error('a subject is not ASCII') })
  return exactToken(keys.token, 'identity', JSON.stringify([issuer, subject]))
}
/** What an account at a provider is called on its owner's page. */
export const labelOf = ({ email, name, issuer }: Claims): string => (email ?? name ?? issuer).slice(0, 200)

async function arrive(visit: Visit, { setting }: Sso, claims: Claims): Promise<Account> {
  const { house } = visit
  const account = accountToken(house, claims)
  const groups = claims.groups.slice(0, 1000).map((name) => groupToken(house.keys, name))
  const isOpen = setting.joining === 'groups'
  return house.ways
    .visit(async (db) => {
      const linked = await db.row<{ person: string | null }>('select hidden.identity($1) as person', [account])
      const person = linked?.person ?? (isOpen ? await comeIn(visit, db, claims, account, groups) : null)
      if (!person) throw new Refusal('sso.unknown')
      if (isOpen) await follow(house, db, person, groups)
      return (await accountOf(db, person))!
    })
    .catch((fault: unknown) => {
      // the address is someone's here, or the account was someone's who has left: never linked by e-mail
      const isKnown = ['people_email_token_key', 'identities_account_token_key'].includes(brokenConstraint(fault) ?? '')
      throw isKnown ? new Refusal('sso.unknown', { cause: fault }) : fault
    })
}

/** Someone whom a group lets in: whom the directory brought under this subject, or someone new. Null: no group does. */
async function comeIn({ house, address }: Visit, db: Db, claims: Claims, account: Buffer, groups: Buffer[]): Promise<string | null> {
  const { keys } = house
  const identity = uuidv7(now())
  const label = sealFirmText(keys, 'identities', 'sealed_label', identity, labelOf(claims))
  const details = { address, identity: true, label: labelOf(claims) }
  const brought = await db.row<{ person: string | null }>('select hidden.join_provisioned($1, $2, $3, $4, $5) as person', [
    externalToken(house, claims.subject),
    identity,
    account,
    label,
    groups,
  ])
  const id = brought?.person ?? uuidv7(now())
  if (!brought?.person) {
    const email = Email.safeParse(normalEmail(claims.email ?? ''))
    if (!email.success)
      throw new Refusal('sso.provider', {
        text: 'The identity provider does not tell your e-mail address. An administrator can let it send the claim email.',
      })
    const name = Name.safeParse(claims.name ?? '')
    const joined = await db.row<{ ok: boolean }>('select hidden.join_by_identity($1, $2, $3, $4, $5, $6, $7, $8) as ok', [
      id,
      sealFirmText(keys, 'people', 'sealed_name', id, name.success ? name.data : email.data),
      sealFirmText(keys, 'people', 'sealed_email', id, email.data),
      emailToken(house, email.data),
      identity,
      account,
      label,
      groups,
    ])
    if (!joined!.ok) return null
  }
  await rememberVisit(house, db, 'person.joined', id, { object: id, details })
  await rememberVisit(house, db, 'identity.linked', id, { object: id, details })
  return id
}

/** The groups that follow the provider's claims, as they are now; with an entry when that changes them. */
async function follow(house: House, db: Db, person: string, groups: Buffer[]): Promise<void> {
  const rows = await db.rows<{ id: string; sealed_name: Buffer; came: boolean }>('select * from hidden.follow_groups($1, $2)', [
    person,
    groups,
  ])
  if (rows.length === 0) return
  const named = (came: boolean): string =>
    rows
      .filter((row) => row.came === came)
      .map((row) => firmText(house.keys, 'groups', 'sealed_name', row.id, row.sealed_name))
      .join(', ')
  await rememberVisit(house, db, 'person.provisioned', person, {
    object: person,
    details: { identity: true, in: named(true), out: named(false) },
  })
}

const isSecond = ({ secondFactor }: Sso['setting'], { acr, amr }: Claims): boolean =>
  (acr !== null && secondFactor.acr.includes(acr)) || amr.some((one) => secondFactor.amr.includes(one))

async function proceed(
  visit: Visit,
  sso: Sso,
  claims: Claims,
  account: Account,
  as: 'cookie' | 'bearer',
): Promise<Visited<Answer<'sso.finish'>>> {
  const { house } = visit
  const { passkeyRoles } = await settingOf(house, 'sessions')
  const needsPasskey = account.roles.some((role) => passkeyRoles.includes(role))
  if (isSecond(sso.setting, claims) && !needsPasskey)
    return aged(house, await conclude(visit, { account, factor: 'identity', at: await nowThere(house), due: null }, as), claims)
  const name = firmText(house.keys, 'people', 'sealed_name', account.person, account.sealed_name)
  const factors = factorsOf(account)
  const step = factors.length > 0 ? 'second' : 'factor'
  const keys = account.passkeys > 0 ? await passkeysOf(house, account.person) : []
  const passkeyOptions = keys.length > 0 ? await proveOptions(await partyOf(house), { kind: 'prove', subject: account.person }, keys) : null
  const { secret } = await house.ways.visit((db) => innerLink(db, account.person, step === 'second' ? 'second' : 'sso'))
  const why =
    step === 'second'
      ? 'The firm asks for your second factor as well.'
      : 'The firm asks for a second factor as well. Set one up now; it is asked for at each sign-in.'
  return { answer: { name, endsAt: null, next: { step, secret, why, factors, passkeyOptions } } }
}

const passkeysOf = (house: House, person: string) =>
  house.ways.visit((db) => db.rows<{ credential_id: Buffer; transports: string[] }>('select * from hidden.passkeys_of($1)', [person]))

/** The provider may have asked for it hours ago: then this session's factor is as old as that. */
async function aged(house: House, visited: Visited<Answer<'sso.finish'>>, { authTime }: Claims): Promise<Visited<Answer<'sso.finish'>>> {
  const secret = visited.begun?.secret ?? readSecret(visited.answer.token ?? '')
  if (authTime !== null && secret)
    await house.ways.visit((db) => db.run('select hidden.age_factor($1, $2)', [secretHash(secret), new Date(authTime * 1000)]))
  return visited
}
