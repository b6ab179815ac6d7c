import { isIP } from 'node:net'
import { Stop } from './refusal.ts'

/** Where clamd listens, and what becomes of a file that it cannot look at. */
export type ScannerSettings = { at: { path: string } | { host: string; port: number }; away: 'hold' | 'accept' }

/** clamd knows no encryption: on a network its address would carry client files in the clear. @throws Stop `setting.malformed` */
export function readScanner(env: Record<string, string | undefined>): ScannerSettings | null {
  const { SUBROSA_CLAMD: where, SUBROSA_CLAMD_AWAY: away } = env
  if (!where) {
    if (away) throw new Stop('setting.malformed', 'SUBROSA_CLAMD_AWAY says something only with SUBROSA_CLAMD.')
    return null
  }
  if (away !== undefined && away !== 'hold' && away !== 'accept')
    throw new Stop('setting.malformed', `SUBROSA_CLAMD_AWAY: ${away} is neither hold nor accept.`)
  return { at: readPlace(where), away: away ?? 'hold' }
}

function readPlace(text: string): ScannerSettings['at'] {
  if (text.startsWith('unix:/')) return { path: text.slice(5) }
  const url = URL.canParse(text) ? new URL(text) : null
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const isPlain = url && url.protocol === 'tcp:' && url.port !== '' && !url.username && !url.search && /^\/?$/.test(url.pathname)
  if (!isPlain) throw new Stop('setting.malformed', `SUBROSA_CLAMD: ${text} is neither unix:/path nor tcp://127.0.0.1:3310.`)
  if (host !== 'localhost' && host !== '::1' && !(isIP(host) === 4 && host.startsWith('127.')))
    throw new Stop(
      'setting.malformed',
      `SUBROSA_CLAMD: ${host} is another machine, and clamd takes files in the clear. Run clamd here, or lead a tunnel (ssh, stunnel) to it and name the tunnel’s end on 127.0.0.1.`,
    )
  return { host, port: Number(url.port) }
}
