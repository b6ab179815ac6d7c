import { syslogLine, octetCounted } from '../../core/syslog.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { NotTaken } from '../../platform/not-taken.ts'
import { sendSyslog } from '../../platform/syslog-tls.ts'
import { sendWebhook } from '../../platform/webhook.ts'
import type { Sent } from './entries.ts'
import { syslogLines, textLines } from './forms.ts'
import type { Kept } from './settings.ts'

/** One batch, or one test, has this long; then it counts as not taken. */
export const WITHIN_MS = 20_000
const TYPES = { ocsf: 'application/x-ndjson', cef: 'text/plain; charset=utf-8' } as const
type Origin = Pick<House, 'origin'>

/** When it resolves, the receiver has all of them. @throws NotTaken */
export function post(house: Origin, kept: Kept, entries: readonly Sent[], signal: AbortSignal): Promise<void> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)])
  if (kept.kind === 'webhook') return sendWebhook(kept, Buffer.from(textLines(kept.form, entries)), TYPES[kept.form], within)
  return sendSyslog(placeOf(kept), octetCounted(syslogLines(kept.form, entries, hostOf(house))), within)
}

const TEXT = 'This is a test message of Subrosa. It holds nothing of the ledger.'
/** Why a test message was not taken, in a sentence; null when it was. */
export async function sendTest(house: Origin, kept: Kept): Promise<string | null> {
  const within = AbortSignal.timeout(WITHIN_MS)
  const at = iso(new Date(now()))
  const line = syslogLine({ facility: 13, severity: 6, at, host: hostOf(house), app: 'subrosa', id: 'test', data: null, text: TEXT })
  try {
    if (kept.kind === 'syslog') await sendSyslog(placeOf(kept), octetCounted([line]), within)
    else if (kept.form === 'cef') await sendWebhook(kept, Buffer.from(`CEF:0|Subrosa|Subrosa|1|test|${TEXT}|0|\n`), TYPES.cef, within)
    else
      await sendWebhook(
        kept,
        Buffer.from(`${JSON.stringify({ time: now(), message: TEXT, metadata: { event_code: 'test' } })}\n`),
        TYPES.ocsf,
        within,
      )
    return null
  } catch (fault) {
    if (fault instanceof NotTaken) return fault.message
    throw fault
  }
}

const placeOf = ({ host, port, ca, certificate, key }: Extract<Kept, { kind: 'syslog' }>) => ({
  host,
  port,
  ca,
  certificate,
  key: key ?? null,
})
const hostOf = (house: Origin): string => (URL.canParse(house.origin()) ? new URL(house.origin()).hostname : 'subrosa')
