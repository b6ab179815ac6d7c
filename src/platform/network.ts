import { isIP, isIPv6 } from 'node:net'

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** Whether what is sent to an address is encrypted on its way, or does not leave this machine. */
export function isSafe(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
}

/**
 * The network that an address counts as: an IPv6 subscriber holds a whole /64 (RFC 6177), however it is written; an IPv4
 * address counts by itself, mapped into IPv6 or not (RFC 4291, 2.5.5.2).
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '')
  if (!isIPv6(bare)) return bare
  // the URL parser writes every form of an address in one way (RFC 5952)
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::')
  const [front, back] = [groupsOf(head), groupsOf(tail ?? '')]
  const all = tail === undefined ? front : [...front, ...Array<string>(8 - front.length - back.length).fill('0'), ...back]
  if (all.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return all.slice(0, 4).join(':')
  return all
    .slice(6)
    .map((group) => parseInt(group, 16))
    .flatMap((pair) => [pair >> 8, pair & 255])
    .join('.')
}
const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'))
