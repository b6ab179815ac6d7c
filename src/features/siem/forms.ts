import { DEEDS } from '../../contract/deeds.ts'
import { isIPv6 } from 'node:net'
import { cefLine } from '../../core/cef.ts'
import { syslogLine } from '../../core/syslog.ts'
import { iso } from '../../platform/clock.ts'
import { hasFailed, severityOf, type Sent } from './entries.ts'
import { ocsfEvent } from './ocsf.ts'

export type Form = 'rfc5424' | 'cef' | 'ocsf'

/** RFC 5424, 6.2.1: log audit. */
const FACILITY = 13
const SYSLOG = { information: 6, low: 5, medium: 4, high: 2 } as const
const CEF = { information: 2, low: 4, medium: 6, high: 8 } as const
/** RFC 5612 keeps this number for documentation and examples: the project has none of its own. */
export const SD_ID = 'subrosa@32473'

/** One syslog message for each entry, whatever form its text has. `host`: the firm's own, as browsers see it. */
export const syslogLines = (form: Form, entries: readonly Sent[], host: string): string[] =>
  entries.map((entry) =>
    syslogLine({
      facility: FACILITY,
      severity: SYSLOG[severityOf(entry.deed)],
      at: iso(entry.at),
      host,
      app: 'subrosa',
      id: entry.deed,
      data: form === 'rfc5424' ? { id: SD_ID, params: paramsOf(entry) } : null,
      text: form === 'rfc5424' ? DEEDS[entry.deed] : textLine(form, entry),
    }),
  )

/** One line for each entry, without syslog around it. */
export const textLines = (form: 'cef' | 'ocsf', entries: readonly Sent[]): string =>
  entries.map((entry) => `${textLine(form, entry)}\n`).join('')

const textLine = (form: 'cef' | 'ocsf', entry: Sent): string => (form === 'ocsf' ? JSON.stringify(ocsfEvent(entry)) : asCef(entry))
const outcome = (entry: Sent): string => (hasFailed(entry.deed) ? 'failure' : 'success')

function paramsOf(entry: Sent): [string, string][] {
  const params: [string, string | number | null][] = [
    ['n', entry.n],
    ['id', entry.id],
    ['deed', entry.deed],
    ['outcome', outcome(entry)],
    ['actor', entry.actor],
    ['name', entry.name],
    ['session', entry.session],
    ['via', entry.via],
    ['address', entry.address],
    ['matter', entry.matter],
    ['object', entry.object],
    ['numbered', iso(entry.numbered)],
    ['leaf', entry.leaf.toString('base64')],
  ]
  return params.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]))
}

function asCef(entry: Sent): string {
  const { address } = entry
  const own = (number: number, label: string, value: string | null): [string, string][] =>
    value === null
      ? []
      : [
          [`cs${number}`, value],
          [`cs${number}Label`, label],
        ]
  return cefLine({
    vendor: 'Subrosa',
    product: 'Subrosa',
    version: '1',
    id: entry.deed,
    name: DEEDS[entry.deed],
    severity: CEF[severityOf(entry.deed)],
    fields: [
      ['rt', entry.at.getTime()],
      ['externalId', entry.id],
      ['act', entry.deed],
      ['outcome', outcome(entry)],
      ['suid', entry.actor],
      ['suser', entry.name],
      ...(address === null ? [] : addressOf(address)),
      ['cn1', entry.n],
      ['cn1Label', 'number'],
      ...own(1, 'matter', entry.matter),
      ...own(2, 'object', entry.object),
      ...own(3, 'via', entry.via),
      ...own(4, 'session', entry.session),
      ...own(5, 'leaf', entry.leaf.toString('base64')),
    ],
  })
}

/** CEF has one key for IPv4 and another for IPv6. */
const addressOf = (address: string): [string, string][] =>
  isIPv6(address)
    ? [
        ['c6a2', address],
        ['c6a2Label', 'Source IPv6 Address'],
      ]
    : [['src', address]]
