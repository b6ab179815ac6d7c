import type { Block, PdfDocument } from '../pdf-document.ts'
import { lengthOf } from '../pdf-layout.ts'
import type { Address, MailReading, Reading, Block as Said } from '../reading/reading.ts'
import { LIMITS } from './page.ts'

const ONLY_TEXT = 'Text of the file; its layout is not shown.'
const NAME = 200
/** Lines that stand as one paragraph, and characters: what lays out takes much longer for one long paragraph than for many. */
const TOGETHER = 30
const LONGEST = 2_000

/**
 * What a file says, to be laid out on A4: by a file's name and in its order, and that this is its text only. The same reading gives
 * the same document. What is longer than `LIMITS.length` ends with a line that says so.
 */
export function documentOf(reading: Reading, name: string): PdfDocument {
  const { blocks, isCut } = within(blocksOf(reading))
  if (blocks.length === 0) blocks.push({ kind: 'paragraph', text: 'There is no text in it.', tone: 'quiet' })
  if (isCut || reading.cut) blocks.push({ kind: 'notice', tone: 'plain', text: ['There is more in the file than is shown here.'] })
  return {
    title: 'Text of a file',
    author: '',
    language: 'en',
    madeAt: '2000-01-01T00:00:00.000Z',
    paper: 'A4',
    foot: ONLY_TEXT,
    blocks: [{ kind: 'title', above: ONLY_TEXT, text: shortened(name) }, ...blocks],
  }
}

function* blocksOf(reading: Reading): Generator<Block> {
  switch (reading.kind) {
    case 'text':
      return yield* textBlocks(reading.blocks)
    case 'mail':
      return yield* mailBlocks(reading)
    case 'sheets':
      for (const { name, rows, isHidden } of reading.sheets) {
        // what the file does not show is not shown here either
        if (isHidden) continue
        yield { kind: 'heading', level: 2, text: shortened(name) }
        yield* lines(rows.filter((row) => row.some((cell) => cell.trim() !== '')).map(rowOf))
      }
      return
    case 'mails':
      yield { kind: 'paragraph', text: 'The messages of a mailbox. What they say is not shown here.', tone: 'quiet' }
      return yield* lines(reading.mails.map(({ subject, from, date }) => [date ?? '', from ? addressed(from) : '', subject].join(' | ')))
    case 'archive':
      yield { kind: 'paragraph', text: 'The files of an archive. What they hold is not shown here.', tone: 'quiet' }
      return yield* lines(reading.entries.filter(({ isDirectory }) => !isDirectory).map(({ path, size }) => `${path} | ${size} bytes`))
  }
}

/** Rows of a table and items of a list that follow one another stand close, and so do the lines of one paragraph. */
function* textBlocks(said: Said[]): Generator<Block> {
  for (let at = 0; at < said.length;) {
    const block = said[at]!
    const goesOn = (one: Said) => one.type === block.type && (one.type === 'table-row' || one.type === 'list')
    const end = said.findIndex((one, n) => n > at && !goesOn(one))
    const run = said.slice(at, end < 0 ? said.length : end)
    at += run.length
    if (block.type === 'heading' && block.text.length <= LONGEST)
      yield { kind: 'heading', level: block.level > 1 ? 3 : 2, text: block.text }
    else
      yield* lines(run.flatMap((one) => ('cells' in one ? rowOf(one.cells) : one.type === 'list' ? `– ${one.text}` : one.text.split('\n'))))
  }
}

function* mailBlocks({ subject, from, to, cc, date, text, textFrom, attachments }: MailReading): Generator<Block> {
  const rows: [string, string][] = [
    ['From', from ? addressed(from) : ''],
    ['To', to.map(addressed).join(', ')],
    ['Cc', cc.map(addressed).join(', ')],
    ['Date', date ?? ''],
    ['Subject', subject],
  ]
  yield* lines(rows.filter(([, value]) => value !== '').map(([label, value]) => `${label}: ${value}`))
  if (textFrom === 'unread') yield { kind: 'paragraph', text: 'Its text is kept in a form that is not read here.', tone: 'quiet' }
  yield* lines(text.split('\n'))
  if (attachments.length === 0) return
  yield { kind: 'heading', level: 3, text: 'Attachments, which are not shown here' }
  yield* lines(attachments.map(({ name, size }) => `${name || 'without a name'} | ${size} bytes`))
}

function* lines(all: string[]): Generator<Block> {
  let kept: string[] = []
  let length = 0
  for (const line of all.flatMap(pieces)) {
    if (kept.length === TOGETHER || (kept.length > 0 && length + line.length > LONGEST)) {
      yield { kind: 'paragraph', text: kept.join('\n') }
      kept = []
      length = 0
    }
    kept.push(line)
    length += line.length
  }
  if (kept.length > 0) yield { kind: 'paragraph', text: kept.join('\n') }
}

/** Ends where a word does, if there is one to end. */
const pieces = (line: string): string[] => (line.length <= LONGEST ? [line] : (line.match(/.{1,1999}(?:\s|$)|.{1,2000}/gsu) ?? []))

const rowOf = (cells: string[]): string =>
  cells
    .map((cell) => cell.replace(/\s+/g, ' '))
    .join(' | ')
    .replace(/[ |]+$/, '')
const addressed = ({ name, address }: Address): string => (name && address ? `${name} <${address}>` : name || address)
const shortened = (name: string): string => ([...name].length > NAME ? `${[...name].slice(0, NAME - 1).join('')}…` : name)

function within(all: Iterable<Block>): { blocks: Block[]; isCut: boolean } {
  const blocks: Block[] = []
  let left = LIMITS.length
  for (const block of all) {
    left -= lengthOf(block)
    if (left < 0) return { blocks, isCut: true }
    blocks.push(block)
  }
  return { blocks, isCut: false }
}
