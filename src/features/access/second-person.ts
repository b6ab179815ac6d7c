import type { ApprovalView } from '../../contract/access.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import { brokenConstraint } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here } from '../../platform/route.ts'
import type { Also } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { idsOf, listed, namesOf, type KnownRole } from './known-roles.ts'

export type Kind = ApprovalView['kind']
export type Asked = { kind: Kind; person: { id: string; name: string; joined: boolean }; roles?: readonly KnownRole[]; reason: string }

/** The act in words: `Give Ruth Okafor the role Compliance`. */
export function textOf(kind: Kind, person: { name: string; joined: boolean }, roles: readonly string[]): string {
  if (kind === 'factor') return `Let ${person.name} enrol a new second factor`
  if (kind === 'account') return `Let ${person.name} choose a new password and enrol a new second factor`
  const whom = person.joined ? person.name : `${person.name}, who has not come yet,`
  return `Give ${whom} the role${roles.length === 1 ? '' : 's'} ${listed(roles)}`
}

/**
 * Asks for a second person, inside an act: the approval, and notices to whoever asked, whoever it is about and all who
 * can decide. Where nobody else can, it waits a day, and everyone who is here is told. Gives the entry of the asking.
 * @throws Refusal `person.state` when the same waits already, `role.guarded` when it is not this person's to ask
 */
export async function askSecond(here: Here, { kind, person, roles = [], reason }: Asked): Promise<Also> {
  const { house, db } = here
  const id = uuidv7(now())
  const asked = await db
    .row<{ ok: boolean }>('select hidden.ask_second($1, $2, $3, $4, $5) as ok', [
      id,
      kind,
      person.id,
      kind === 'roles' ? idsOf(roles) : null,
      sealFirmText(house.keys, 'approvals', 'sealed_reason', id, reason),
    ])
    .catch((fault: unknown) => {
      if (brokenConstraint(fault) !== 'approvals_once') throw fault
      throw new Refusal('person.state', { text: 'The same waits for a second person already.', cause: fault })
    })
  if (!asked!.ok) throw new Refusal('role.guarded')
  const text = textOf(kind, person, namesOf(roles))
  const alone = (await db.row<{ alone: boolean }>('select hidden.is_alone($1) as alone', [person.id]))!.alone
  await notify(house, db, await concerned(here, person.id, alone), {
    text: `${myName(here)} asked for a second person: ${text}.`,
    page: 'approvals',
    todo: alone
      ? 'Nobody else in the firm can decide this, so it waits for a day. If you did not expect it, speak to them now.'
      : 'Whoever may decides it under Approvals. If you do not know why it was asked, ask first.',
  })
  return { deed: 'approval.asked', subject: { object: person.id, details: { object: person.name, approval: id, text, reason } } }
}

/** Whoever asks, whoever it is about, and all who can decide; where nobody else can, all who are here. */
export async function concerned({ db, me }: Here, subject: string, alone: boolean): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(
    alone
      ? 'select id from app.people where joined_at is not null and (leaves_at is null or leaves_at > now())'
      : 'select a as id from hidden.approvers() a',
  )
  return [me.person, subject, ...rows.map((row) => row.id)]
}

export const myName = ({ house, me }: Pick<Here, 'house' | 'me'>): string =>
  firmText(house.keys, 'people', 'sealed_name', me.person, me.sealedName)

/** Whoever could be the second person hears of what could put someone else in the place of whom they approve. */
export async function tellApprovers({ house, db }: Here, text: string): Promise<void> {
  const rows = await db.rows<{ id: string }>('select a as id from hidden.approvers() a')
  await notify(
    house,
    db,
    rows.map((row) => row.id),
    { text, todo: 'If you did not expect it, speak to them before you approve anything for that person.' },
  )
}
