import { iso } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Input, Visit, Visited } from '../../platform/route.ts'
import { proveOptions } from '../../platform/webauthn.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { notify } from '../notices/notices.ts'
import { firmNameOf, linkOf, spendLink, type Found } from '../sign-in/links.ts'
import { accountOf, factorsOf, partyOf } from '../sign-in/proofs.ts'
import { refuseWithoutPasskey } from '../sign-in/sign-in.ts'
import { beginSession, sessionLimits } from '../sign-in/sessions.ts'
import { checkChosen, checkNewFactor, enrol, freshFactors } from './enrolment.ts'

const OUTER = ['invitation', 'account', 'factor', 'password', 'sso'] as const
type OuterKind = (typeof OUTER)[number]
const isOuter = (link: Found): link is Found & { kind: OuterKind } => (OUTER as readonly string[]).includes(link.kind)

/** What a one-time link says, and what its page asks for. A GET would be followed by mail scanners: it is read by POST. */
export async function read({ house }: Visit, { body }: Input<'invitation.read'>): Promise<Visited<Answer<'invitation.read'>>> {
  const link = await linkOf(house, body.secret)
  if (!isOuter(link)) throw new Refusal('invitation.spent')
  const account = await house.ways.visit((db) => accountOf(db, link.person))
  const keys =
    link.kind === 'password' && account && account.passkeys > 0
      ? await house.ways.visit((db) =>
          db.rows<{ credential_id: Buffer; transports: string[] }>('select * from hidden.passkeys_of($1)', [link.person]),
        )
      : null
  return {
    answer: {
      firm: await firmNameOf(house),
      name: link.name,
      email: link.email,
      kind: link.kind,
      ...(await freshFactors(house, link)),
      factors: account ? factorsOf(account) : [],
      proofOptions: keys && (await proveOptions(await partyOf(house), { kind: 'prove', subject: link.person }, keys)),
      endsAt: iso(link.endsAt),
    },
  }
}

/**
 * Accepts an invitation, or enrols a new factor by its link; once. The session begins with it.
 * @throws Refusal `invitation.spent`, `factor.missing`, `code.refused`, `passkey.refused`, `password.weak`, `password.wrong`
 */
export async function accept(visit: Visit, { body }: Input<'invitation.accept'>): Promise<Visited<Answer<'invitation.accept'>>> {
  const { house, address } = visit
  const link = await linkOf(house, body.secret)
  if (!isOuter(link) || link.kind === 'password') throw new Refusal('invitation.spent')
  const passwordHash = await checkChosen(house, link, body.password, body.passkey !== undefined, address)
  const factor = await checkNewFactor(house, body, link.person)
  const known = await house.ways.visit((db) => db.row<{ roles: string[] }>('select roles from hidden.roles_by_link($1)', [link.hash]))
  await refuseWithoutPasskey(house, known?.roles ?? [], factor.kind)
  const limits = await sessionLimits(house, known?.roles ?? [])
  return house.ways.visit(async (db) => {
    await spendLink(db, link)
    const recoveryCodes = await enrol(house, db, link.person, passwordHash, factor)
    if (link.kind === 'invitation')
      await rememberVisit(house, db, 'person.joined', link.person, { object: link.person, details: { address } })
    await rememberVisit(house, db, 'factor.enrolled', link.person, {
      object: link.person,
      details: { factor: factor.kind, link: link.kind, address },
    })
    if (link.kind !== 'invitation')
      await notify(house, db, [link.person], {
        text: 'A new second factor was enrolled for your account.',
        todo: 'If it was not you, tell your administrator at once.',
      })
    const begun = await beginSession(visit, db, { person: link.person, roles: known?.roles ?? [], factor: factor.kind, at: null }, limits)
    return { answer: { recoveryCodes }, begun }
  })
}
