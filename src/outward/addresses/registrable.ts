import { getDomain } from 'tldts'

/** `mail.deltalaw.co.uk`: domain `deltalaw.co.uk`, label `deltalaw`, ending `co.uk`; in A-labels as the domain came. */
export type Registrable = { domain: string; label: string; ending: string }

/** A domain comes as `readDomain` gives it; what a private registry sells (`acme.uk.com`) is its customer's. */
const OPTIONS = { allowPrivateDomains: true, extractHostname: false, validateHostname: false, detectIp: false }

/**
 * The part of a domain that its owner registered, by the Public Suffix List as `tldts` brings it. An ending that the list does not know is
 * one label. What is itself an ending (`co.uk`, `github.io`) stands for itself.
 */
export function registrableOf(domain: string): Registrable {
  const own = getDomain(domain, OPTIONS) ?? domain
  const dot = own.indexOf('.')
  return { domain: own, label: own.slice(0, dot), ending: own.slice(dot + 1) }
}
