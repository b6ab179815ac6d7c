import type { Hit, Passage, SearchView, TextKind } from '../contract/search.ts'
import { safe } from './terminal.ts'

/** How what was found is set apart: in brackets, or bold on a terminal. */
export type Marking = { begin: string; end: string }
export const IN_BRACKETS: Marking = { begin: '[', end: ']' }
export const BOLD: Marking = { begin: '\x1b[1m', end: '\x1b[22m' }
/** Under whose name passages of a class that asks for it are shown, and when. */
export type Reader = { name: string; at: string }

/** An answer for people to read, a line each. Whatever documents and names say, no line steers a terminal or turns its direction. */
export function linesOf(view: SearchView, marking: Marking, reader: Reader | null): string[] {
  const { understood, notes, instead, matters, people, hits } = view
  const head = [
    ...(understood.length > 0 ? [`Read as: ${said(understood.map(({ text }) => text).join(''))}`] : []),
    ...notes.map(said),
    ...(instead ? [`Did you mean: ${said(instead)}`] : []),
  ]
  const named = [
    ...matters.map(({ number, title, client }) => `Matter  ${said(number)}  ${said(title)}, for ${said(client.name)}`),
    ...people.map(({ name, email }) => `Person  ${said(name)}, ${said(email)}`),
  ]
  const blocks = [head, named, ...hits.map((hit) => hitLines(hit, marking, reader)), footLines(view)]
  return blocks.filter((block) => block.length > 0).flatMap((block, at) => (at === 0 ? block : ['', ...block]))
}

/** One line of it: breaks and tabs are spaces. */
const said = (text: string): string => safe(text.replace(/\s+/gu, ' ').trim())

const KINDS: Record<TextKind, string> = {
  pdf: 'PDF',
  word: 'Word file',
  sheet: 'spreadsheet',
  slides: 'slides',
  mail: 'e-mail',
  picture: 'picture',
  scan: 'scan',
  text: 'text',
  archive: 'archive',
  page: 'web page',
  other: 'file',
}

function hitLines(hit: Hit, marking: Marking, reader: Reader | null): string[] {
  const { name, matter, folder, type, sureness, version, newest, day, at, person, same } = hit
  const facts = [
    folder && `in ${said(folder)}`,
    KINDS[type],
    sureness === null ? '' : `read by machine, ${sureness} % sure`,
    newest > version ? `version ${version} of ${newest}` : '',
    day ? `dated ${day}` : `added ${at.slice(0, 10)}`,
    said(person),
    hit.class,
  ]
  const passages = hit.isWithheld ? [WITHHELD] : hit.passages.map((passage) => passageLine(passage, marking))
  const others = same.map((one) => `Same content: ${said(one.name)} in ${said(one.title)}`)
  const watermark = hit.isWatermarked && reader && passages.length > 0 ? [`Shown to ${said(reader.name)}, ${reader.at}`] : []
  return [
    `${said(name)}  ${said(matter.number)}  ${said(matter.title)}`,
    ...[facts.filter(Boolean).join(', '), ...passages, ...watermark, ...others].map((line) => `    ${line}`),
  ]
}
const WITHHELD = 'No passage is shown: the file is held for the malware scanner, or its stored copy is broken.'

function passageLine({ text, marks, page, within }: Passage, marking: Marking): string {
  const place = [page === null ? '' : `p. ${page}`, within && `in ${said(within)}`].filter(Boolean).join(', ')
  return `${place && `${place}: `}${marked(text, marks, marking)}`
}

/** Each piece is made safe by itself, so that only our own marks steer the terminal; marks that do not fit the text are left away. */
function marked(text: string, marks: Passage['marks'], { begin, end }: Marking): string {
  const plain = (from: number, to?: number) => safe(text.slice(from, to).replace(/\s+/gu, ' '))
  let [line, at] = ['', 0]
  for (const [from, to] of marks.toSorted((one, other) => one[0] - other[0])) {
    if (from < at || to <= from || to > text.length) continue
    line += `${plain(at, from)}${begin}${plain(from, to)}${end}`
    at = to
  }
  return (line + plain(at)).trim()
}

function footLines({ total, isMore, hits, documents, unread, locked }: SearchView): string[] {
  const shown = hits.length < total ? `, ${hits.length} shown` : ''
  return [
    `${isMore ? 'More than ' : ''}${counted(total, 'document')} found${shown}; looked through ${documents}. The search is recorded.`,
    ...(unread > 0 ? [`${counted(unread, 'document')} cannot be searched by what ${unread === 1 ? 'it says' : 'they say'} yet.`] : []),
    ...(locked > 0
      ? [`${counted(locked, 'document')} ${locked === 1 ? 'asks' : 'ask'} for a second factor first: search again with --code.`]
      : []),
  ]
}
const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`
