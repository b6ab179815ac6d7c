import { calls } from '../../../src/contract/calls.ts'
import { type Deed, DEEDS } from '../../../src/contract/deeds.ts'
import type { WallRule, WallView } from '../../../src/contract/wall.ts'
import { capital, listed } from '../people/words.ts'

/** Each rule by its citation, its plain name, and when it is the right one. */
export const RULES: Record<WallRule, { cite: string; name: string; when: string }> = {
  '1.10(a)(2)': {
    cite: 'ABA Model Rule 1.10(a)(2)',
    name: 'Came from another firm',
    when: 'A lawyer brought a conflict from a firm where they worked before. The client is told, and compliance is certified.',
  },
  '1.11': {
    cite: 'ABA Model Rule 1.11',
    name: 'Served in government',
    when: 'A lawyer worked on it, or learned of it, as a public officer or employee.',
  },
  '1.12': {
    cite: 'ABA Model Rule 1.12',
    name: 'Was judge, arbitrator or mediator',
    when: 'A lawyer took part in it as a judge, an arbitrator, a mediator or their clerk.',
  },
  '1.18': {
    cite: 'ABA Model Rule 1.18',
    name: 'Spoke with a prospective client',
    when: 'A lawyer heard more than was needed from someone whom the firm then did not take on.',
  },
  'sra-6.5': {
    cite: 'SRA Code of Conduct 6.5',
    name: 'Holds another client’s confidences',
    when: 'The firm holds confidential information of one client that is material to another with an adverse interest.',
  },
  'insider': {
    cite: 'Insider list',
    name: 'Inside information',
    when: 'Only those on an insider list may know it, such as a deal in listed securities.',
  },
  'voluntary': { cite: 'No rule asks for it', name: 'The firm’s own will', when: 'A personal interest, a client’s wish, or caution.' },
}
export const ruleWords = (rule: WallRule) =>
  rule === 'insider' || rule === 'voluntary' ? RULES[rule].name : `${RULES[rule].name} (${RULES[rule].cite})`

/** Lines that most screens have; each is kept or struck. */
export const PROCEDURES = [
  'Those screened take no part in the matter and are given no task in it.',
  'Those screened do not discuss the matter with anyone in the firm, and nobody in the firm discusses it with them.',
  'Those screened have no access to its files, electronic or on paper; the system refuses it and records each try.',
  'Everyone who works on the matter is told of the screen in writing and keeps it.',
  'Paper files are kept locked and away from those screened.',
  'Those screened and a partner certify compliance at fixed intervals and when the screen ends.',
]
export const FEE = 'Those screened receive no part of the fee from the matter.'
export const MEMORANDUM =
  'A screen stands in this firm, and this memorandum is addressed to you because it concerns you.\n\nWhoever is screened does not work on what the screen covers, does not look for it, and does not speak or write of it with anyone in the firm. Whoever works on it does not speak or write of it with those screened.\n\nIf you learn of anything that the screen covers, or are unsure whether it does, tell compliance at once and nobody else.'

export const STATES: Record<WallView['state'], string> = { coming: 'Coming', standing: 'Stands', ended: 'Ended', lifted: 'Lifted' }
export const isOver = ({ state }: Pick<WallView, 'state'>) => state === 'ended' || state === 'lifted'

const WAYS: Record<string, string> = {
  'team': 'team',
  'group': 'a group it is open to',
  'grant': 'a grant for a time',
  'break-glass': 'an emergency',
}
/** How someone reaches a matter, from `team,group`: `Team and a group it is open to`. */
export const wayWords = (how: string) =>
  capital(
    listed(
      how
        .split(',')
        .filter(Boolean)
        .map((way) => WAYS[way] ?? way),
    ),
  )

/** `opened`, `took a copy of`. */
export const deedWords = (deed: string) => DEEDS[deed as Deed] ?? deed
/** What was tried, in the words of the call. */
export const callWords = (call: string) => (call in calls ? calls[call as keyof typeof calls].summary : call)
