import { token } from '../../core/tokens.ts'
import { PUBLIC_MAIL, SECOND_LEVEL } from './name-lists.ts'
import { phoneticsOf, type NameForms } from './name-forms.ts'

/** Eight bytes: among a million words two of them share a token once in tens of millions of registers, and a hit is looked at anyway. */
const BYTES = 8

export type NameTokens = { words: Buffer[]; sounds: Buffer[] }

/**
 * What of a name is kept at rest to find it by: keyed tokens of its whole words and of how they sound, each once, sorted so
 * that they say nothing of the order of the words. No parts of words: those would let the words be guessed letter by letter.
 * KNOWN: whoever holds the rows without the key still sees which of them share a word, and how often each occurs.
 */
export function tokensOf(key: Uint8Array, forms: NameForms[]): NameTokens {
  const words = forms.flatMap((form) => form.words).filter((word) => !word.isInitial)
  const sounds = words.map(phoneticsOf)
  return {
    words: cut(
      key,
      'conflicts word',
      words.flatMap(({ text, joined }) => (joined === null ? [text] : [text, joined])),
    ),
    sounds: cut(key, 'conflicts sound', [
      ...sounds.flatMap(({ metaphone }) => metaphone.map((one) => `metaphone ${one}`)),
      ...sounds.flatMap(({ daitchMokotoff }) => daitchMokotoff.map((one) => `daitch-mokotoff ${one}`)),
    ]),
  }
}

/** Keyed tokens of e-mail domains, 8 bytes each, of what `registeredDomain` leaves of them. */
export const domainTokensOf = (key: Uint8Array, domains: string[]): Buffer[] =>
  cut(
    key,
    'conflicts domain',
    domains.flatMap((domain) => registeredDomain(domain) ?? []),
  )

/**
 * The part of a domain or of an e-mail address's domain that its owner registered, in lower case and ASCII (UTS #46, as the URL
 * standard has it): `acme.co.uk` for `Jane@mail.acme.co.uk`. Null for public mail providers, addresses of numbers and what is no domain.
 * KNOWN: second-level registries are a short list here, not the Public Suffix List; under others a registry counts as an owner.
 */
export function registeredDomain(domain: string): string | null {
  const url = URL.parse(
    `http://${domain
      .slice(domain.lastIndexOf('@') + 1)
      .trim()
      .replace(/\.$/, '')}`,
  )
  const host = url?.hostname.toLowerCase() ?? ''
  if (host.length > 253 || !/^(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+$/.test(host) || url?.pathname !== '/') return null
  const labels = host.split('.')
  const own = labels.slice(SECOND_LEVEL.has(labels.slice(-2).join('.')) ? -3 : -2).join('.')
  return PUBLIC_MAIL.has(own) || SECOND_LEVEL.has(own) ? null : own
}

const cut = (key: Uint8Array, domain: string, texts: string[]): Buffer[] =>
  [...new Set(texts)].map((text) => token(key, domain, text).subarray(0, BYTES)).sort(Buffer.compare)
