import type { FactKind } from '../../contract/gate.ts'

/** What a fact says and, where there is something to do, what to do next. */
export type Said = { text: string; todo: string | null }

const says = (text: string, todo: string | null = null): Said => ({ text, todo })

/** Each kind of fact in plain words; the arguments are names as they are shown. No sentence says more than its arguments do. */
export const SENTENCES = {
  'adverse-party': (who: string, matter: string) =>
    says(`${who} is the opponent in ${matter}.`, 'Take the address out, or ask a second person to approve it.'),
  'adverse-counsel': (who: string, whose: string, matter: string) =>
    says(`${who} is counsel for ${whose} in ${matter}.`, 'Take the address out, or ask a second person to approve it.'),
  'other-side': (who: string, part: string, matter: string) =>
    says(`${who} is ${part} on the other side of ${matter}.`, 'Take the address out, or ask a second person to approve it.'),
  'other-side-elsewhere': (who: string, part: string, client: string, matter: string) =>
    says(`${who} is ${part} against ${client} in ${matter}.`, 'Check that this recipient is meant.'),
  'screened': (who: string, matter: string) => says(`A wall keeps ${who} from ${matter}.`, 'Take the address out.'),
  'excluded': (who: string, client: string) => says(`${client} wants nothing to go to ${who}.`, 'Take the address out, or ask the client.'),
  'lookalike-domain': (address: string, here: string, known: string, whose: string) =>
    says(`${address} is at ${here}, which is not ${known}${whose}.`, `Check every letter. If ${known} is meant, correct the address.`),
  'mistyped-mailbox': (address: string, known: string, whose: string) =>
    says(`${address} is almost ${known}${whose}.`, `If ${known} is meant, correct the address.`),
  'other-writing': (address: string, known: string, whose: string) =>
    says(`${address} is another writing of ${known}${whose}.`, 'Use the address as it is known, or verify this one.'),
  'display-differs': (address: string, name: string, known: string) =>
    says(`The name “${name}” says ${known}, but the address is ${address}.`, 'Check whose address this is.'),
  'personal-address': (address: string, name: string, known: string) =>
    says(`${address} may be a private address of ${name}, who is known at ${known}.`, 'Use the known address, or verify this one.'),
  'alike-name': (address: string, name: string, known: string, where: string) =>
    says(`${address} has nearly the name of ${name} (${known}), ${where}.`, 'Check which of the two is meant.'),
  'alike-other-side': (address: string, name: string, known: string, where: string) =>
    says(`${address} has nearly the name of ${name} (${known}), ${where}.`),
  'left-matter': (who: string, part: string, matter: string) =>
    says(`${who} is no longer ${part} in ${matter}.`, 'Take the address out, or send it to whoever followed.'),
  'off-matter': (who: string, matter: string) =>
    says(`${who} is not a recipient of ${matter}.`, 'Add the recipient to the matter, or take the address out.'),
  'cooling': (who: string, until: string) =>
    says(`The address of ${who} was changed and is not used before ${until}.`, 'Call the known number.'),
  'level-fell': (who: string, why: string) => says(`The address of ${who} ${why}.`, 'Verify the address anew.'),
  'level': (who: string, has: string, needs: string, how: string) => says(`${who} is verified at ${has}; this asks for ${needs}.`, how),
  'new-address': (address: string) => says(`The firm has not written to ${address} before.`, 'Confirm the address by another channel.'),
  'new-domain': (address: string, domain: string) => says(`The firm knows nobody at ${domain} (${address}).`),
  'free-mail-office': (who: string, domain: string) =>
    says(`${who} is an office, but ${domain} is a mail host where anyone can take an address.`, 'Ask the office for its own address.'),
  'shared-mailbox': (who: string, others: string) => says(`The address of ${who} is also ${others}’s.`, 'Ask for an address of their own.'),
  'first-release': (who: string, client: string) => says(`Nothing has gone to ${who} from ${client}’s matters yet.`),
  'item-adverse': (item: string, matter: string, who: string) =>
    says(`${item} belongs to ${matter}; ${who} in it.`, 'Take the document out, or the recipient.'),
  'privileged-adverse': (item: string, who: string) =>
    says(`${item} is privileged, and ${who} is on the other side.`, 'Take the document out, or the recipient.'),
  'privileged-outside': (item: string, who: string) =>
    says(`${item} is privileged, and ${who} is not within the privilege.`, 'Take one of them out, or have the disclosure approved.'),
  'other-client': (item: string, client: string, matter: string) =>
    says(`${item} belongs to another client: ${client}, ${matter}.`, 'Take the document out.'),
  'other-matter': (item: string, matter: string) =>
    says(`${item} belongs to another matter: ${matter}.`, 'Check that it is the right document.'),
  'quarantined': (item: string) => says(`${item} is in quarantine.`, 'Wait until it has been looked at.'),
  'covered-text': (item: string) => says(`${item} has text under its redaction boxes.`, 'Redact it anew, so that the text is gone.'),
  'tracked-changes': (item: string) => says(`${item} has tracked changes.`, 'Clean it, or say why they should go.'),
  'comments': (item: string) => says(`${item} has comments.`, 'Clean it, or say why they should go.'),
  'hidden-content': (item: string) => says(`${item} has hidden content.`, 'Clean it, or say why it should go.'),
  'metadata': (item: string) => says(`${item} says who made and changed it.`, 'Clean it, or say why it should go.'),
  'unread': (item: string) => says(`${item} could not be looked into.`, 'Open it, and say what it holds.'),
  'sensitive-identifiers': (item: string, what: string) => says(`${item} holds ${what}.`, 'Redact it, or say why it should go.'),
  'sensitive-terms': (item: string, what: string) => says(`${item} holds ${what}.`, 'Check that the recipient may have it.'),
  'restricted': (item: string) => says(`${item} is restricted.`),
  'basis-missing': () => says('It is not said why this may go.', 'Name the client’s consent, or another ground.'),
  'basis-early': (basis: string, day: string) => says(`“${basis}” does not hold before ${day}.`, 'Wait, or name another ground.'),
  'basis-expired': (basis: string, day: string) => says(`“${basis}” ended on ${day}.`, 'Ask the client again, or name another ground.'),
  'basis-withdrawn': (basis: string, day: string) => says(`“${basis}” was withdrawn on ${day}.`, 'Ask the client.'),
  'basis-item': (basis: string, item: string) =>
    says(`“${basis}” does not cover ${item}.`, 'Take the document out, or have the ground widened.'),
  'basis-recipient': (basis: string, who: string) =>
    says(`“${basis}” does not cover ${who}.`, 'Take the address out, or have the ground widened.'),
  'nobody': () => says('There is nobody that it would go to.', 'Name a recipient.'),
  'mixed-sides': (ours: string, theirs: string) =>
    says(`${ours} and ${theirs} stand on different sides.`, 'Send it to each side by itself.'),
  'mixed-organizations': (domains: string) =>
    says(`It goes to organizations that have nothing to do with each other: ${domains}.`, 'Send it to each by itself.'),
  'many-recipients': (count: string, most: string) =>
    says(`It goes to ${count} recipients; the firm’s limit is ${most}.`, 'Check each of them.'),
  'channel-class': (what: string, channel: string) => says(`What is ${what} does not go by ${channel}.`, 'Choose another way.'),
  'channel-wish': (client: string, channel: string) =>
    says(`${client} does not want it by ${channel}.`, 'Choose the way that the client wishes.'),
  'hours-wish': (client: string, hours: string) => says(`${client} wants to hear from us ${hours}.`, 'Send it then.'),
  'purpose-missing': () => says('It is not said what this is for.', 'Say the purpose.'),
  'scope-missing': () => says('It is not said what this covers.', 'Say the scope.'),
  'expiry-missing': (days: string) => says('It would never end.', `Set an end within ${days} days.`),
  'expiry-long': (has: string, days: string) => says(`It would end after ${has} days.`, `Set an end within ${days} days.`),
  'download': (what: string) => says(`What is ${what} is not downloaded.`, 'Let it be read in the page.'),
  'print': (what: string) => says(`What is ${what} is not printed.`, 'Take printing out.'),
  'second-person': (what: string) => says(`What is ${what} goes out with a second person’s approval.`, 'Ask for it.'),
  'review': () => says('The firm looks at some releases before they go. This is one of them.'),
} as const satisfies Record<FactKind, (...words: string[]) => Said>
