import { VERIFICATION } from '../../contract/matrix.ts'
import type { FactKind, Level } from '../../contract/gate.ts'
import { finding, recipientAt, type About, type Finding } from './facts.ts'
import type { Likeness, Recipient, Situation, Standing } from './situation.ts'
import { dayOf, inOrder, isAgainst, isAgainstHere, matterOf, nameOf, partOf, standsOn } from './stands.ts'

/** What each recipient by itself gives rise to. */
export const aboutRecipients = (situation: Situation): Finding[] =>
  situation.recipients.flatMap((recipient) => [
    ...whereItStands(recipient, situation),
    ...whomItIsLike(recipient, situation),
    ...whatIsNew(recipient, situation),
    ...howSureItIs(recipient, situation),
  ])

function whereItStands(recipient: Recipient, { place, items }: Situation): Finding[] {
  const [who, at] = [nameOf(recipient), recipientAt(recipient.address)]
  const standings = inOrder(recipient.standings)
  const here = standings.filter((one) => one.place.matter === place.matter)
  const found = here.filter(isAgainst).map((one) => against(who, recipientAt(recipient.address, partOf(one)), one))
  if (!isAgainstHere(recipient, place) && here.every(({ endedAt }) => endedAt !== null))
    found.push(
      here[0] ? finding('left-matter', at, who, partOf(here[0]), matterOf(place)) : finding('off-matter', at, who, matterOf(place)),
    )
  const itemMatters = new Set(items.map((item) => item.place.matter))
  for (const one of standings)
    if (one.place.matter !== place.matter && one.place.client === place.client && isAgainst(one) && !itemMatters.has(one.place.matter))
      found.push(
        finding(
          'other-side-elsewhere',
          recipientAt(recipient.address, one.place.matter),
          who,
          partOf(one),
          place.clientName,
          matterOf(one.place),
        ),
      )
  if (recipient.isScreened) found.push(finding('screened', at, who, matterOf(place)))
  if (recipient.isExcluded) found.push(finding('excluded', at, who, place.clientName))
  return found
}

function against(who: string, at: About, standing: Standing): Finding {
  const matter = matterOf(standing.place)
  if (standing.part === 'adverse') return finding('adverse-party', at, who, matter)
  if (standing.part === 'counsel') return finding('adverse-counsel', at, who, standing.actsFor || 'the other side', matter)
  return finding('other-side', at, who, partOf(standing), matter)
}

const KINDS = {
  'same-mailbox': 'other-writing',
  'display-address': 'display-differs',
  'display-name': 'display-differs',
  'free-mail-name': 'personal-address',
} as const satisfies Partial<Record<Likeness['why']['how'], FactKind>>

/** What an address may be taken for; two that are known and both on the matter are only told apart. */
function whomItIsLike(recipient: Recipient, { place }: Situation): Finding[] {
  const isHere = standsOn(recipient, place).length > 0
  return recipient.alikes.map((alike): Finding => {
    const { why, known, name, standing, differs } = alike
    const [address, at] = [recipient.address, recipientAt(recipient.address, known)]
    const whose = name === null ? '' : `, the address of ${name}`
    const where = standing === null ? 'whom the firm knows' : `${partOf(standing)} in ${matterOf(standing.place)}`
    if ('in' in why && why.in === 'local') return finding('mistyped-mailbox', at, address, known, whose)
    const kind = (KINDS as Partial<Record<string, (typeof KINDS)[keyof typeof KINDS]>>)[why.how]
    if (kind === 'other-writing') return finding(kind, at, address, known, whose)
    if (kind === 'display-differs') return finding(kind, at, address, differs.asked, known)
    if (kind === 'personal-address') return finding(kind, at, address, name ?? known, known)
    if (why.how === 'same-name' || why.how === 'begins-alike')
      return finding(isHere ? 'alike-other-side' : 'alike-name', at, address, name ?? known, known, where)
    return finding('lookalike-domain', at, address, differs.asked, differs.known, whose)
  })
}

function whatIsNew(recipient: Recipient, { place }: Situation): Finding[] {
  const { address, domain, newness } = recipient
  const [who, at] = [nameOf(recipient), recipientAt(address)]
  const found: Finding[] = []
  if (newness && !newness.isKnownMailbox) found.push(finding('new-address', at, address))
  if (newness && !newness.isKnownRegistrable && !newness.isFreeMail) found.push(finding('new-domain', at, address, domain))
  if (newness?.isFreeMail && recipient.isOffice) found.push(finding('free-mail-office', at, who, domain))
  if (recipient.id !== null && recipient.isFirst) found.push(finding('first-release', at, who, place.clientName))
  if (recipient.alsoOf.length > 0) found.push(finding('shared-mailbox', at, who, [...recipient.alsoOf].sort().join(' and ')))
  return found
}

const FELL: Record<NonNullable<Recipient['fell']>, string> = {
  expired: 'was verified, but too long ago',
  changed: 'has changed since it was verified',
  bounced: 'sent something back',
}
/** Catalogue 6.16. */
const HOW: Record<Level, string> = {
  V0: 'Nothing is to be done.',
  V1: 'Have the address confirmed by a code sent to it.',
  V2: 'Send a code by a second channel, or call the known number.',
  V3: 'Ask for a certificate, or for a factor bound to the person.',
  V4: 'See an identity document, or the register of the bar or of companies.',
}

function howSureItIs(recipient: Recipient, situation: Situation): Finding[] {
  const [who, at] = [nameOf(recipient), recipientAt(recipient.address)]
  const needs = neededLevel(recipient, situation)
  const found: Finding[] = []
  if (recipient.coolsUntil !== null && recipient.coolsUntil > situation.now)
    found.push(finding('cooling', at, who, dayOf(recipient.coolsUntil)))
  if (recipient.fell) found.push(finding('level-fell', at, who, FELL[recipient.fell]))
  if (VERIFICATION.indexOf(recipient.level) < VERIFICATION.indexOf(needs))
    found.push(finding('level', at, who, recipient.level, needs, HOW[needs]))
  return found
}

/** What the class asks of this recipient; what is privileged asks for V3 of whoever is not the client (catalogue, section 7). */
export function neededLevel(recipient: Recipient, { place, cells, class: its, items }: Situation): Level {
  const isPrivileged = its === 'privileged' || items.some((item) => item.isPrivileged)
  const isClient = standsOn(recipient, place).some(({ part }) => part === 'client')
  const levels: Level[] = [cells.recipientLevel]
  if (recipient.isFirst) levels.push(cells.recipientFirst)
  if (isPrivileged && !isClient) levels.push('V3')
  return levels.reduce((one, other) => (VERIFICATION.indexOf(other) > VERIFICATION.indexOf(one) ? other : one))
}
