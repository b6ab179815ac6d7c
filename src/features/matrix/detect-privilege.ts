import type { Hit } from './detect.ts'

/** How a document is marked as privileged (catalogue section 7; ABA Model Rule 1.6; English legal professional privilege). */
const MARKS =
  /\b(?:attorney[\s–/-]+client[\s-]+(?:privileged?|communication|confidential)|lawyer[\s-]+client[\s-]+privileged?|solicitor[\s-]+client[\s-]+privileged?|privileged (?:and|&) confidential|confidential (?:and|&) (?:legally )?privileged|legally privileged|legal professional privilege|legal advice privilege|litigation privilege|common[\s-]+interest privileged?|joint[\s-]+defen[cs]e privileged?|subject to (?:legal |litigation )?privilege|(?:attorney(?:['’]s)? |protected |privileged )work[\s-]+product|work[\s-]+product (?:doctrine|privilege|protection|protected|immunity)|work product|without prejudice(?: save as to costs)?|in (?:anticipation|contemplation) of litigation)\b/giu

/** Written for nothing else than to mark. */
const SELF_EVIDENT = /^(?:privileged (?:and|&)|confidential (?:and|&)|subject to)|communication$/i
/** The words are used for something else. */
const OTHER_BEFORE = /\b(?:dismiss(?:ed|al|es|ing)?|withdrawn?|discontinued?|denied|vacated|leave to renew)\b[^.\n]{0,60}$/i
const OTHER_AFTER =
  /^[,\s]*(?:to (?:the|any|its|their|his|her|our|your|clauses?|sections?|paragraphs?|article|other|either|such|refil)|with leave)/i
/** The document speaks of itself, or of what it comes with. */
const ITSELF =
  /\b(?:this|these|the (?:following|attached|enclosed)|attached|enclosed|herein|marked|contains?|contained|prepared (?:by|for|at|in)|is protected|are protected|protected by|(?:e-?mail|letter|memo|memorandum|communication|message|note|document|draft|offer|correspondence|advice)\b[^.\n]{0,30}\b(?:is|are|and|from|between|attachments?))\b/i
/** Privilege is what it is about: a brief, a judgment, an article, a contract's clause. */
const ABOUT =
  /\b(?:courts?|held|holding|judge|waiv(?:e[ds]?|er|ing)|doctrine|assert(?:s|ed|ing)?|applies|opinion|v\.|cir\.|jurisdictions?|scholars?|exceptions?|shall be (?:owned|deemed|the property)|deliverables?|means|contractor|owned by|title to|lecture|course|seminar|whether|explains?|article|chapter|amend(?:ed|ment)|rule \d)\b/i

/** Marks of privilege: in a line of their own, in capitals, or where a document says it of itself; not where it is talked about. */
export const privilegeMarks = (text: string): Hit[] =>
  [...text.matchAll(MARKS)].filter((match) => isMark(text, match.index, match[0])).map((match) => ({ at: match.index, key: '' }))

/** A line is looked at so far on either side. */
const REACH = 300

function isMark(text: string, at: number, words: string): boolean {
  const before = text.slice(Math.max(0, at - 200), at).replace(/\s+/g, ' ')
  const after = text.slice(at + words.length, at + words.length + 200).replace(/\s+/g, ' ')
  if (/^without/i.test(words) && (OTHER_BEFORE.test(before) || OTHER_AFTER.test(after))) return false
  const above = text.slice(Math.max(0, at - REACH), at).split('\n')
  const below = text.slice(at + words.length, at + words.length + REACH).split('\n')
  const line = `${above.at(-1)!}${words}${below[0]!}`.trim()
  const sentence = `${before.slice(before.search(/[^.!?]*$/))}${words}${/^[^.!?]*/.exec(after)![0]}`
  const length = line.split(/\s+/).length
  // a line of running text has others beside it
  const isAlone = length <= 6 || !above.at(-2)?.trim() || !below[1]?.trim()
  const isHeading =
    length <= 14 && isAlone && !/[a-z]{3,}[.;]$/.test(line) && !ABOUT.test(line) && (!/^work product$/i.test(words) || length <= 3)
  if (isHeading || (words === words.toUpperCase() && !ABOUT.test(sentence))) return true
  if (/^without/i.test(words)) return ITSELF.test(sentence)
  if (SELF_EVIDENT.test(words)) return !ABOUT.test(sentence)
  // bare `work product` is a consultant's word as well
  if (/^work product$/i.test(words) || /litigation$/i.test(words))
    return ITSELF.test(sentence) && /privileg|attorney|counsel|legal advice/i.test(sentence) && !ABOUT.test(sentence)
  return ITSELF.test(sentence) && !ABOUT.test(sentence)
}
