import { createHmac } from 'node:crypto'
import { framed } from './bytes.ts'

const TOKEN = 16

/**
 * A keyed token of a short text, for finding and uniqueness beside its sealed value: the first 16 bytes of
 * HMAC-SHA-256 over the length-prefixed domain and the text, compatibility-normalized (NFKC), without
 * case, each run of white space as one space. One domain for each column. Without the key it says nothing
 * but whether two texts of one domain are the same.
 * KNOWN: case and normalization follow the Unicode version of the Node that runs; a text whose characters
 * were assigned after it may get another token on a newer one.
 */
export function token(key: Uint8Array, domain: string, text: string): Buffer {
  const spaced = text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim()
  return keyed(key, domain, withoutCase(spaced))
}

/** Like `token`, with case and spaces kept and canonical normalization (NFC) only: for file names. */
export function exactToken(key: Uint8Array, domain: string, text: string): Buffer {
  return keyed(key, domain, text.normalize('NFC'))
}

/** An e-mail address as it is compared and stored: trimmed, NFKC, lower case. It is not checked here. */
export function normalEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase()
}

/**
 * JavaScript has no case folding. Lower then upper case joins what folding joins (ß and SS, σ and ς, the
 * Kelvin sign and k), and also the dotless ı with i, which for finding is the better side to err on.
 */
function withoutCase(text: string): string {
  return text.toLowerCase().toUpperCase().normalize('NFKC')
}

function keyed(key: Uint8Array, domain: string, text: string): Buffer {
  return createHmac('sha256', key).update(framed(domain)).update(text, 'utf8').digest().subarray(0, TOKEN)
}
