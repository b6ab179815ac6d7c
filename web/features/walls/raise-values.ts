import { calls } from '../../../src/contract/calls.ts'
import type { ClientId, GroupId, MatterId, PersonId } from '../../../src/contract/ids.ts'
import type { PreviewView, Side, WallRule } from '../../../src/contract/wall.ts'
import { faultsOf } from '../../lib/form.ts'
import { isPast } from '../people/leaving-time.ts'
import type { Shape, Wish } from './api.ts'
import { momentAt } from './days.ts'
import { FEE, MEMORANDUM, PROCEDURES } from './words.ts'

/** What the form holds. People, groups, matters and clients stand as `person:<id>`; times as a `datetime-local` input has them. */
export type Values = {
  kind: Shape['kind']
  screened: string[]
  a: string[]
  b: string[]
  /** Of those on both sides, by person: the side that they lose. */ loses: Record<string, Side>
  rule: WallRule | null
  trigger: string
  needKnownAt: string
  information: string
  reason: string
  procedures: { text: string; kept: boolean }[]
  fee: string
  starts: 'now' | 'at'
  startsAt: string
  ends: 'never' | 'at'
  endsAt: string
  announced: boolean
  memorandum: string
  withholds: boolean
  certifyDays: number | string
  remindDays: number | string
}

export const FRESH: Values = {
  kind: 'exclusion',
  screened: [],
  a: [],
  b: [],
  loses: {},
  rule: null,
  trigger: '',
  needKnownAt: '',
  information: '',
  reason: '',
  procedures: PROCEDURES.map((text) => ({ text, kept: true })),
  fee: FEE,
  starts: 'now',
  startsAt: '',
  ends: 'never',
  endsAt: '',
  announced: false,
  memorandum: MEMORANDUM,
  withholds: false,
  certifyDays: 180,
  remindDays: 90,
}

const idsOf = <Id extends string>(chosen: string[], kind: string) =>
  chosen.filter((value) => value.startsWith(`${kind}:`)).map((value) => value.slice(kind.length + 1) as Id)

const SIDES: Side[] = ['a', 'b']

/** Who is to be kept from what, as it stands now. */
export function shapeOf(values: Values): Shape {
  const two = values.kind === 'two-sided'
  const sides = two ? SIDES : SIDES.slice(0, 1)
  return {
    kind: values.kind,
    matters: sides.flatMap((side) => idsOf<MatterId>(values[side], 'matter').map((matter) => ({ matter, side }))),
    clients: sides.flatMap((side) => idsOf<ClientId>(values[side], 'client').map((client) => ({ client, side }))),
    people: two
      ? Object.entries(values.loses).map(([person, side]) => ({ person: person as PersonId, side }))
      : idsOf<PersonId>(values.screened, 'person').map((person) => ({ person, side: 'a' as const })),
    groups: two ? [] : idsOf<GroupId>(values.screened, 'group').map((group) => ({ group, side: 'a' as const })),
    ...(values.starts === 'at' && { startsAt: momentAt(values.startsAt) }),
    ...(values.ends === 'at' && { endsAt: momentAt(values.endsAt) }),
  }
}

export const wishOf = (values: Values): Wish => ({
  ...shapeOf(values),
  rule: values.rule as WallRule,
  reason: values.reason.trim(),
  trigger: values.trigger.trim(),
  information: values.information.trim(),
  procedures: values.procedures.filter((line) => line.kept).map((line) => line.text),
  fee: values.fee.trim(),
  needKnownAt: momentAt(values.needKnownAt) ?? '',
  announced: values.announced,
  memorandum: values.announced ? values.memorandum.trim() : '',
  withholds: values.announced && values.withholds,
  certifyDays: Number(values.certifyDays),
  remindDays: Number(values.remindDays),
})

const MISSING: Partial<Record<keyof Wish, string>> = {
  rule: 'Choose the rule, or that it is the firm’s own will.',
  trigger: 'Say what made it necessary.',
  information: 'Describe the information, so that it reveals nothing.',
  reason: 'Give the reason.',
  fee: 'Say that those screened get no part of the fee.',
  procedures: 'Keep at least one line, or write one.',
}

/** Faults of the papers, by field; who and what is the dry run’s to judge. */
export function papersFaults(values: Values): Record<string, string> {
  const faults: Record<string, string> = {}
  if (!momentAt(values.needKnownAt)) faults.needKnownAt = 'Say when the firm came to know of it.'
  else if (!isPast(values.needKnownAt)) faults.needKnownAt = 'That moment has not come yet.'
  if (values.announced && !values.memorandum.trim()) faults.memorandum = 'Write what its addressees are told.'
  if (!isWithin(values.certifyDays, 30, 730)) faults.certifyDays = 'Between 30 and 730 days.'
  if (!isWithin(values.remindDays, 7, 365)) faults.remindDays = 'Between 7 and 365 days.'
  return { ...faultsOf(calls['wall.raise'].body, wishOf(values)), ...missing(values), ...faults }
}

const isWithin = (days: number | string, least: number, most: number) => days !== '' && Number(days) >= least && Number(days) <= most

const missing = (values: Values) =>
  Object.fromEntries(
    Object.entries(MISSING).filter(([field]) => {
      if (field === 'procedures') return !values.procedures.some((line) => line.kept)
      const value = values[field as 'trigger']
      return !value || !value.trim()
    }),
  )

type Code = PreviewView['faults'][number]['code']
/** What to do about a fault of the shape: the words on the button, and the part of the form that it leads to. */
export const MENDS: Record<Code, { act: string; part: 'who' | 'what' | 'sides' | 'dates' }> = {
  'nobody': { act: 'Say who is screened', part: 'who' },
  'nothing': { act: 'Choose from what', part: 'what' },
  'everyone': { act: 'Leave someone who may see it', part: 'who' },
  'responsible': { act: 'Leave the responsible lawyer out', part: 'who' },
  'oneself': { act: 'Leave yourself out', part: 'who' },
  'last-decider': { act: 'Leave someone who decides conflicts', part: 'who' },
  'both-sides': { act: 'Say which side each stays on', part: 'sides' },
  'dates': { act: 'Mend the dates', part: 'dates' },
}
export type FormPart = (typeof MENDS)[Code]['part']

/** The first thing that is missing before a dry run can be made. */
export function lacking(values: Values): Code | null {
  const { people, groups, matters, clients } = shapeOf(values)
  if (values.kind === 'exclusion' && people.length + groups.length === 0) return 'nobody'
  const has = (side: Side) => [...matters, ...clients].some((target) => target.side === side)
  if (!has('a') || (values.kind === 'two-sided' && !has('b'))) return 'nothing'
  return datesFault(values) ? 'dates' : null
}

/** Why the dates cannot stand, or null. */
export function datesFault({ starts, startsAt, ends, endsAt }: Values): string | null {
  if (starts === 'at' && !momentAt(startsAt)) return 'Choose from when it stands.'
  if (starts === 'at' && isPast(startsAt)) return 'That moment has passed. Choose a later one, or let it stand now.'
  if (ends === 'at' && !momentAt(endsAt)) return 'Choose until when it stands.'
  if (ends === 'at' && (isPast(endsAt) || (starts === 'at' && endsAt <= startsAt))) return 'It must end after it begins.'
  return null
}
