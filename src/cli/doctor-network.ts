import { X509Certificate } from 'node:crypto'
import { now } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { isLoopback } from '../platform/network.ts'
import { note, ok, unsafe, type Finding } from './finding.ts'

const SOON_DAYS = 21

/** Where it listens, what browsers see, and whether anything goes over a network in the clear. */
export async function lookAtNetwork(config: Config): Promise<Finding[]> {
  const { host, port, origin, tls, trustedProxies } = config
  const scheme = tls ? 'https' : 'http'
  const seen = origin ?? `${scheme}://localhost:${port}`
  const findings = [ok('network.place', `It listens on ${host}, port ${port}, with ${scheme}; browsers see ${seen}.`)]
  if (!isLoopback(host) && !tls) {
    findings.push(
      trustedProxies.length > 0
        ? note(
            'network.plain',
            `Between the proxy and this machine everything goes in plain http (${host}).`,
            'Let only the proxy reach the port, over a network of its own; or serve https here as well.',
          )
        : unsafe(
            'network.plain',
            `It listens beyond this machine (${host}) in plain http.`,
            'Set SUBROSA_TLS_CERT and SUBROSA_TLS_KEY; or listen on 127.0.0.1 behind a proxy; or, if only a proxy reaches the port, name it in SUBROSA_TRUSTED_PROXIES.',
          ),
    )
  }
  if (origin?.startsWith('http://') && !isLoopback(new URL(origin).hostname))
    findings.push(
      unsafe(
        'network.origin',
        `Browsers see ${origin}: passwords and files go over the network in the clear.`,
        'Set SUBROSA_ORIGIN to an https address.',
      ),
    )
  if (tls) findings.push(...certificate(tls.cert, new URL(seen).hostname))
  return findings
}

function certificate(pem: Buffer, host: string): Finding[] {
  let read: X509Certificate
  try {
    read = new X509Certificate(pem)
  } catch {
    return [
      unsafe('certificate.malformed', 'The file of SUBROSA_TLS_CERT holds no certificate.', 'Name the certificate chain in PEM form.'),
    ]
  }
  const ends = new Date(read.validTo)
  const days = Math.floor((ends.getTime() - now()) / 86_400_000)
  const day = ends.toISOString().slice(0, 10)
  const findings: Finding[] = []
  if (days < 0) findings.push(unsafe('certificate.over', `The certificate ran out on ${day}.`, 'Renew it and start again.'))
  else if (days < SOON_DAYS)
    findings.push(note('certificate.soon', `The certificate runs out on ${day}, in ${days} days.`, 'Renew it and start again.'))
  else findings.push(ok('certificate.until', `The certificate is good until ${day}.`))
  if (!read.checkHost(host))
    findings.push(
      unsafe(
        'certificate.host',
        `The certificate is not for ${host}.`,
        'Set SUBROSA_ORIGIN to the address it is for, or get one for this address.',
      ),
    )
  return findings
}
