import type { Channel, Rules } from '../../contract/gate.ts'
import { finding, RELEASE, type About, type Finding } from './facts.ts'
import type { Basis, Recipient, Situation, Wishes } from './situation.ts'
import { dayOf, isAgainstHere, isOurs, nameOf, standsOn } from './stands.ts'

/** What the release as a whole gives rise to: its ground, its way, its readers together, its end. */
export const aboutRelease = (situation: Situation, most: Rules['most']): Finding[] => [
  ...whyItMayGo(situation),
  ...whoGetsItTogether(situation, most),
  ...howItGoes(situation),
  ...howItEnds(situation),
]

function whyItMayGo({ basis, now, items, recipients, purpose, scope }: Situation): Finding[] {
  const found: Finding[] = []
  if (purpose.trim() === '') found.push(finding('purpose-missing', RELEASE))
  if (scope.trim() === '') found.push(finding('scope-missing', RELEASE))
  if (!basis) return [...found, finding('basis-missing', RELEASE)]
  const at = (other: string | null = null): About => ({ of: 'basis', id: basis.code, with: other })
  const { text, documents, recipients: covered } = basis
  if (basis.startsAt > now) found.push(finding('basis-early', at(), text, dayOf(basis.startsAt)))
  if (isOver(basis, now)) found.push(finding('basis-expired', at(), text, dayOf(basis.endsAt!)))
  if (basis.withdrawnAt !== null && basis.withdrawnAt <= now) found.push(finding('basis-withdrawn', at(), text, dayOf(basis.withdrawnAt)))
  if (documents) for (const { id, name } of items) if (!documents.includes(id)) found.push(finding('basis-item', at(id), text, name))
  if (covered)
    for (const one of recipients)
      if (one.id === null || !covered.includes(one.id)) found.push(finding('basis-recipient', at(one.address), text, nameOf(one)))
  return found
}
const isOver = ({ endsAt }: Basis, now: number): boolean => endsAt !== null && endsAt <= now

function whoGetsItTogether({ recipients, place }: Situation, most: Rules['most']): Finding[] {
  if (recipients.length === 0) return [finding('nobody', RELEASE)]
  const found: Finding[] = []
  if (recipients.length > most.recipients)
    found.push(finding('many-recipients', RELEASE, String(recipients.length), String(most.recipients)))
  const [ours, theirs] = [recipients.filter((one) => isOurs(one, place)), recipients.filter((one) => isAgainstHere(one, place))]
  if (ours.length > 0 && theirs.length > 0) found.push(finding('mixed-sides', RELEASE, namesOf(ours), namesOf(theirs)))
  const domains = [...new Set(recipients.filter(isOfOrganization).map(({ domain }) => domain))].sort()
  const isStranger = recipients.some((one) => isOfOrganization(one) && standsOn(one, place).length === 0 && !isAgainstHere(one, place))
  if (domains.length > most.organizations || (isStranger && domains.length > 1))
    found.push(finding('mixed-organizations', RELEASE, domains.join(', ')))
  return found
}
const isOfOrganization = ({ domain, newness }: Recipient): boolean => domain !== '' && !newness?.isFreeMail
const namesOf = (recipients: Recipient[]): string => recipients.map(nameOf).sort().join(', ')

const CHANNEL_WORDS: Record<Channel, string> = {
  portal: 'the portal',
  smime: 'S/MIME mail',
  pgp: 'OpenPGP mail',
  tls: 'mail with enforced TLS',
  mail: 'plain mail',
  paper: 'post',
}
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** The client's wishes bind what goes to the client; what the court or an expert gets, it does not get at its own desk. */
function howItGoes({ channel, cells, class: its, wishes, recipients, place, local }: Situation): Finding[] {
  const found: Finding[] = []
  if (!cells.channels.includes(channel)) found.push(finding('channel-class', RELEASE, its, CHANNEL_WORDS[channel]))
  if (cells.secondPerson) found.push(finding('second-person', RELEASE, its))
  if (!recipients.some((one) => standsOn(one, place).some(({ part }) => part === 'client'))) return found
  if (wishes.channels && !wishes.channels.includes(channel))
    found.push(finding('channel-wish', RELEASE, place.clientName, CHANNEL_WORDS[channel]))
  if (wishes.hours && !isWithin(wishes.hours, local)) found.push(finding('hours-wish', RELEASE, place.clientName, hoursOf(wishes.hours)))
  return found
}

type Hours = NonNullable<Wishes['hours']>
/** `from` up to and without `to`; over midnight where `to` is not later, and then the hours after it count to the day that they began on. */
function isWithin({ from, to, weekdays }: Hours, { hour, weekday }: Situation['local']): boolean {
  if (from < to) return hour >= from && hour < to && weekdays.includes(weekday)
  if (hour >= from) return weekdays.includes(weekday)
  return hour < to && weekdays.includes(weekday === 1 ? 7 : weekday - 1)
}
const hoursOf = ({ from, to, weekdays }: Hours): string =>
  `from ${from}:00 to ${to}:00 on ${weekdays.map((day) => DAYS[day - 1]).join(', ')}`

/** What ends, is downloaded or printed is read in the portal; what is sent otherwise is the recipient's. */
function howItEnds({ channel, cells, ends, class: its }: Situation): Finding[] {
  if (channel !== 'portal') return []
  const found: Finding[] = []
  const days = cells.shareDays
  if (days !== null && ends.days === null) found.push(finding('expiry-missing', RELEASE, String(days)))
  if (days !== null && ends.days !== null && ends.days > days) found.push(finding('expiry-long', RELEASE, String(ends.days), String(days)))
  if (ends.download && !cells.download) found.push(finding('download', RELEASE, its))
  if (ends.print && !cells.print) found.push(finding('print', RELEASE, its))
  return found
}
