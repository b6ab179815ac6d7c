import { CHANNELS, DATA_TYPES, Handling, VERIFICATION, type Matrix } from '../../contract/matrix.ts'
import { CLASSES, type Class } from '../../contract/words.ts'

type Cell = keyof Handling
/** How strict a cell is: whoever is stricter never has less. `Infinity` and below it: a limit that is none. */
type Strictness<C extends Cell> = (value: Handling[C], its: Handling) => number

const among =
  <T>(order: readonly T[]) =>
  (value: T): number =>
    order.indexOf(value)
const yesIsLoose = (value: boolean): number => (value ? 0 : 1)
const yesIsStrict = (value: boolean): number => (value ? 1 : 0)
const limit = (value: number | null): number => (value === null ? -Infinity : -value)

/** Channels are compared as sets; how long something is kept is no matter of strictness. */
const STRICTNESS: { [C in Exclude<Cell, 'channels' | 'retention' | 'retentionYears'>]: Strictness<C> } = {
  storage: among(Handling.shape.storage.options),
  groups: yesIsLoose,
  maxGroup: (value, { groups }) => (groups ? limit(value) : Infinity),
  open: among(Handling.shape.open.options),
  download: yesIsLoose,
  downloadAsks: (value, { download }) => (download ? among(Handling.shape.downloadAsks.options)(value) : Infinity),
  print: yesIsLoose,
  watermark: yesIsStrict,
  recipientLevel: among(VERIFICATION),
  recipientFirst: among(VERIFICATION),
  sendDelay: (value) => value,
  secondPerson: yesIsStrict,
  shareDays: limit,
  notify: among(Handling.shape.notify.options),
  ai: among(Handling.shape.ai.options),
  reviewDays: limit,
}
const RANKED = Object.keys(STRICTNESS) as (keyof typeof STRICTNESS)[]
const strictnessOf = (cell: keyof typeof STRICTNESS, handling: Handling): number =>
  (STRICTNESS[cell] as Strictness<Cell>)(handling[cell], handling)

/** What no firm goes below, from a class on; each with why. Catalogue S0-37, S1-3; ABA Formal Opinion 512. */
const FLOORS: [from: Class, cell: Cell, holds: (handling: Handling) => boolean, why: string][] = [
  ['public', 'channels', ({ channels }) => channels.length > 0, 'By one channel at least it must be able to reach a client.'],
  ['confidential', 'channels', ({ channels }) => !channels.includes('mail'), 'What is tied to a matter is not sent by ordinary mail.'],
  ['confidential', 'notify', ({ notify }) => notify === 'nothing', 'A notification says nothing of what is tied to a matter.'],
  [
    'confidential',
    'recipientLevel',
    ({ recipientLevel }) => recipientLevel !== 'V0',
    'Someone’s address is confirmed before they are sent it.',
  ],
  [
    'confidential',
    'ai',
    ({ ai }) => ai !== 'allowed' && ai !== 'approved',
    'A tool that learns from it needs the client’s consent: allow none that trains on it, at most.',
  ],
]

/**
 * Why a matrix cannot be: sentences by cell (`restricted.download`, `iban.minimum`); empty when it can. A stricter class
 * is never handled more loosely than a milder one, and some things hold for every firm.
 */
export function faultsOf(matrix: Matrix): Record<string, string> {
  const faults: Record<string, string> = {}
  const fault = (rule: string, text: string) => (faults[rule] ??= text)
  for (const [at, its] of CLASSES.entries()) {
    const handling = matrix.classes[its]
    for (const [from, cell, holds, why] of FLOORS) if (at >= CLASSES.indexOf(from) && !holds(handling)) fault(`${its}.${cell}`, why)
    ownFaults(its, handling, fault)
    const milder = CLASSES[at - 1]
    if (milder) compare(its, handling, milder, matrix.classes[milder], fault)
  }
  for (const type of DATA_TYPES)
    if (CLASSES.indexOf(matrix.dataTypes[type].minimum) < CLASSES.indexOf('confidential'))
      fault(`${type}.minimum`, 'A file that holds such data is Confidential at least.')
  return faults
}

type Say = (rule: string, text: string) => void
function ownFaults(its: Class, handling: Handling, fault: Say): void {
  const { recipientLevel, recipientFirst, open, download, downloadAsks, retention, retentionYears } = handling
  if (VERIFICATION.indexOf(recipientFirst) < VERIFICATION.indexOf(recipientLevel))
    fault(`${its}.recipientFirst`, 'The first time asks for no less than every other time.')
  const asks = among(Handling.shape.open.options)
  if (download && asks(downloadAsks) < asks(open)) fault(`${its}.downloadAsks`, 'A copy asks for no less than opening does.')
  if (retention === 'none' && retentionYears > 0) fault(`${its}.retentionYears`, 'Without a retention rule there are no years.')
}

function compare(its: Class, handling: Handling, mild: Class, milder: Handling, fault: Say): void {
  const looser = `${mild[0]!.toUpperCase()}${mild.slice(1)} is milder and must not be handled more strictly.`
  for (const cell of RANKED) if (strictnessOf(cell, handling) < strictnessOf(cell, milder)) fault(`${its}.${cell}`, looser)
  if (handling.channels.some((channel) => !milder.channels.includes(channel))) fault(`${its}.channels`, looser)
}

/** The same matrix, its channels once each and in their order. */
export const tidied = (matrix: Matrix): Matrix => ({
  ...matrix,
  classes: Object.fromEntries(
    CLASSES.map((its) => {
      const handling = matrix.classes[its]
      return [its, { ...handling, channels: CHANNELS.filter((channel) => handling.channels.includes(channel)) }]
    }),
  ) as Matrix['classes'],
})

/** Which cells differ, from what to what: `restricted.download: no → yes`. */
export function changesBetween(before: Matrix, after: Matrix): string[] {
  const cells = CLASSES.flatMap((its) =>
    (Object.keys(Handling.shape) as Cell[]).map((cell) => [`${its}.${cell}`, before.classes[its][cell], after.classes[its][cell]] as const),
  )
  const types = DATA_TYPES.flatMap((type) =>
    (['minimum', 'does'] as const).map((part) => [`${type}.${part}`, before.dataTypes[type][part], after.dataTypes[type][part]] as const),
  )
  return [...cells, ...types].flatMap(([rule, was, is]) => (said(was) === said(is) ? [] : [`${rule}: ${said(was)} → ${said(is)}`]))
}

function said(value: string | number | boolean | readonly string[] | null): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object' && value !== null) return value.join(' + ')
  return value === null ? 'none' : String(value)
}
