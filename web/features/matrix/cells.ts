import type { CHANNELS, Handling, VERIFICATION } from '../../../src/contract/matrix.ts'
import type { CLASSES } from '../../../src/contract/words.ts'
import { counted } from '../../lib/format.ts'
import { capital, listed } from '../people/words.ts'

type Field = keyof Handling
type Words<T> = { name: string; values: Record<string & T, string> }

export const ASKS: Record<Handling['open'], string> = {
  session: 'being signed in',
  fresh: 'a factor within five minutes',
  passkey: 'a passkey',
}
export const CHANNEL: Record<(typeof CHANNELS)[number], string> = {
  portal: 'portal',
  smime: 'S/MIME',
  pgp: 'OpenPGP',
  tls: 'enforced TLS',
  mail: 'ordinary mail',
  paper: 'paper',
}
/** Catalogue 6.16. */
export const LEVEL: Record<(typeof VERIFICATION)[number], string> = {
  V0: 'not verified',
  V1: 'address confirmed',
  V2: 'confirmed by a second channel',
  V3: 'second factor or certificate',
  V4: 'identity document or register',
}
const STORAGE: Words<Handling['storage']>['values'] = {
  'matter key': 'sealed under the matter’s key',
  'matter and document key': 'sealed under the matter’s key and one of its own',
}
const NOTIFY: Words<Handling['notify']>['values'] = { all: 'all of it', title: 'the title only', nothing: 'nothing' }
const AI: Words<Handling['ai']>['values'] = {
  'allowed': 'allowed',
  'approved': 'approved tools',
  'approved without training': 'approved tools that do not train on it',
  'consent': 'with the client’s consent',
  'forbidden': 'forbidden',
}
const RETENTION: Words<Handling['retention']>['values'] = {
  none: 'as long as the firm likes',
  firm: 'by the firm’s rule',
  matter: 'after the matter is closed',
  order: 'after the matter is closed, or as an order says',
}

/** Seconds in words: `2 minutes`. */
export function waitWords(seconds: number): string {
  if (seconds === 0) return 'none'
  if (seconds % 3600 === 0) return counted(seconds / 3600, 'hour')
  return seconds % 60 === 0 ? counted(seconds / 60, 'minute') : counted(seconds, 'second')
}
const daysWords = (days: number | null, none: string) => (days === null ? none : counted(days, 'day'))
const yes = (value: boolean) => (value ? 'yes' : 'no')
export const channelWords = (channels: Handling['channels']) =>
  channels.length ? listed(channels.map((channel) => CHANNEL[channel])) : 'none'

export const reachWords = ({ groups, maxGroup }: Pick<Handling, 'groups' | 'maxGroup'>) =>
  !groups
    ? 'the team only'
    : maxGroup === null
      ? 'the team, and groups'
      : `the team, and groups of up to ${counted(maxGroup, 'person', 'people')}`
export const copyWords = ({ download, downloadAsks }: Pick<Handling, 'download' | 'downloadAsks'>) =>
  !download ? 'no' : downloadAsks === 'session' ? 'yes' : `yes, with ${ASKS[downloadAsks]}`
export const retentionWords = ({ retention, retentionYears }: Pick<Handling, 'retention' | 'retentionYears'>) =>
  retention === 'none'
    ? RETENTION.none
    : `${counted(retentionYears, 'year')}${retention === 'firm' ? '' : ' '}${retention === 'firm' ? ', by the firm’s rule' : RETENTION[retention]}`
const recipientWords = ({ recipientLevel, recipientFirst }: Handling) =>
  recipientLevel === recipientFirst
    ? `${recipientLevel}, ${LEVEL[recipientLevel]}`
    : `${recipientLevel}, ${LEVEL[recipientLevel]}; the first time ${recipientFirst}, ${LEVEL[recipientFirst]}`

/** How a field is changed. */
export type Control =
  | { kind: 'yes' }
  | { kind: 'one'; values: Record<string, string> }
  | { kind: 'some'; values: Record<string, string> }
  | { kind: 'number'; unit: string; least: number; most: number; /** What no number means. */ none?: string }

export const FIELDS: Record<Field, { name: string; control: Control }> = {
  storage: { name: 'At rest', control: { kind: 'one', values: STORAGE } },
  groups: { name: 'Practice groups may reach it', control: { kind: 'yes' } },
  maxGroup: { name: 'Largest group', control: { kind: 'number', unit: 'people', least: 1, most: 500, none: 'any size' } },
  open: { name: 'Opening asks for', control: { kind: 'one', values: ASKS } },
  download: { name: 'A copy may be taken', control: { kind: 'yes' } },
  downloadAsks: { name: 'Taking a copy asks for', control: { kind: 'one', values: ASKS } },
  print: { name: 'Printing', control: { kind: 'yes' } },
  watermark: { name: 'Reader’s name across the page', control: { kind: 'yes' } },
  channels: { name: 'Ways out', control: { kind: 'some', values: CHANNEL } },
  recipientLevel: { name: 'Recipient’s level', control: { kind: 'one', values: levels() } },
  recipientFirst: { name: 'The first time', control: { kind: 'one', values: levels() } },
  sendDelay: { name: 'Wait before it leaves', control: { kind: 'number', unit: 'seconds', least: 0, most: 86_400 } },
  secondPerson: { name: 'A second person releases it', control: { kind: 'yes' } },
  shareDays: { name: 'A share ends after', control: { kind: 'number', unit: 'days', least: 1, most: 3650, none: 'no end' } },
  notify: { name: 'A notification says', control: { kind: 'one', values: NOTIFY } },
  ai: { name: 'Tools that learn or guess (AI)', control: { kind: 'one', values: AI } },
  reviewDays: { name: 'Review of who reaches it', control: { kind: 'number', unit: 'days', least: 1, most: 3650, none: 'none' } },
  retention: { name: 'Kept', control: { kind: 'one', values: RETENTION } },
  retentionYears: { name: 'Years', control: { kind: 'number', unit: 'years', least: 0, most: 100 } },
}
function levels(): Record<string, string> {
  return Object.fromEntries(Object.entries(LEVEL).map(([level, words]) => [level, `${level}, ${words}`]))
}

/** A row of the table: the fields that one sentence covers. */
export type Row = { name: string; fields: readonly Field[]; words: (handling: Handling) => string }
export const GROUPS: { name: string; rows: Row[] }[] = [
  {
    name: 'Inside the firm',
    rows: [
      { name: 'Who may reach it', fields: ['groups', 'maxGroup'], words: reachWords },
      { name: 'At rest', fields: ['storage'], words: ({ storage }) => STORAGE[storage] },
      { name: 'Opening asks for', fields: ['open'], words: ({ open }) => ASKS[open] },
      { name: 'Taking a copy', fields: ['download', 'downloadAsks'], words: copyWords },
      { name: 'Printing', fields: ['print'], words: ({ print }) => yes(print) },
      { name: 'Reader’s name across the page', fields: ['watermark'], words: ({ watermark }) => yes(watermark) },
      { name: 'A notification says', fields: ['notify'], words: ({ notify }) => NOTIFY[notify] },
      { name: 'AI tools', fields: ['ai'], words: ({ ai }) => AI[ai] },
    ],
  },
  {
    name: 'Leaving the firm',
    rows: [
      { name: 'Ways out', fields: ['channels'], words: ({ channels }) => channelWords(channels) },
      { name: 'How far a recipient is verified', fields: ['recipientLevel', 'recipientFirst'], words: recipientWords },
      { name: 'Wait before it leaves', fields: ['sendDelay'], words: ({ sendDelay }) => waitWords(sendDelay) },
      { name: 'A second person releases it', fields: ['secondPerson'], words: ({ secondPerson }) => yes(secondPerson) },
      { name: 'A share ends after', fields: ['shareDays'], words: ({ shareDays }) => daysWords(shareDays, 'no end') },
    ],
  },
  {
    name: 'Keeping',
    rows: [
      {
        name: 'Review of who reaches it',
        fields: ['reviewDays'],
        words: ({ reviewDays }) => (reviewDays === null ? 'none' : `every ${counted(reviewDays, 'day')}`),
      },
      { name: 'Kept', fields: ['retention', 'retentionYears'], words: retentionWords },
    ],
  },
]

/** `restricted.download` in a reader’s words: `Restricted: a copy may be taken`. */
export function ruleWords(rule: string): string {
  const [its, field] = rule.split('.') as [(typeof CLASSES)[number] | 'dataTypes', string]
  const name = its === 'dataTypes' ? (DATA_TYPE[field as keyof typeof DATA_TYPE] ?? field) : FIELDS[field as Field]?.name
  if (!name) return rule
  return its === 'dataTypes' ? name : `${capital(its)}: ${name[0]?.toLowerCase()}${name.slice(1)}`
}

export const DATA_TYPE = {
  'us-ssn': 'US social security numbers',
  'uk-nino': 'UK national insurance numbers',
  'iban': 'Bank accounts (IBAN)',
  'card': 'Payment cards',
  'health': 'Health',
  'child': 'Children',
  'privileged-marker': 'Marks of privilege',
} as const
export const DOES = {
  raise: 'the class is raised by itself',
  refuse: 'a milder class is refused',
  suggest: 'a stricter class is suggested',
} as const
