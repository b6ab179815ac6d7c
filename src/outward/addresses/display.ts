import { readAddress, sameMailbox } from './address.ts'
import { writingOf, type Asked, type Found, type Mailbox } from './mailbox.ts'

/** So many addresses in one display name are looked at. */
const MOST = 3

/** Addresses that a display name says, other than the one that stands behind it. */
export function displayAlikes({ address, key }: Asked, mailboxOf: (key: string) => Mailbox | null): Found[] {
  if (!address.display?.includes('@')) return []
  return address.display
    .split(/[\s<>()[\]"',;:]+/)
    .filter((word) => word.includes('@'))
    .slice(0, MOST)
    .flatMap((word) => {
      const said = readAddress(word.replace(/\.$/, ''))
      if (!said || sameMailbox(said) === key) return []
      const mailbox = mailboxOf(sameMailbox(said))
      return [{ mailbox, known: mailbox ? writingOf(mailbox) : said, why: { how: 'display-address' as const } }]
    })
}
