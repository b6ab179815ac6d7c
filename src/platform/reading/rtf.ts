import { blocksWithin, type Blocks } from './blocks.ts'
import { stretch, type Bytes } from './bytes.ts'
import type { Limits, TextReading } from './reading.ts'
import { rtfTokens, type RtfHeard } from './rtf-tokens.ts'
import { rtfLetters, type Letters } from './rtf-letters.ts'

/** What a group's text is for; the text of `skipped` is for programs. */
type Place = 'text' | 'skipped' | 'fonts' | 'info' | 'title' | 'author'
/** `isAside`: it stands for itself beside the text around it, as a note does. */
type Group = { place: Place; font: number; fallback: number; isDeleted: boolean; isStarred: boolean; isAside: boolean }

/** Groups that hold no text to be read (Rich Text Format 1.9.1); so does every group marked by `\*` that is not in `STARRED`. */
const SKIPPED = new Set(
  'colortbl stylesheet pict objdata listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping latentstyles datastore xmlnstbl filetbl fontemb falt panose nonesttables sp xe tc tcn rxe bkmkstart bkmkend mmathPr wgrffmtfilter pgdsctbl atnid atnref fldinst formfield datafield objclass objname'.split(
    ' ',
  ),
)
const STARRED = new Set(['shpinst', 'annotation', 'fldrslt', 'footnote'])
const PLACES: Record<string, Place> = { fonttbl: 'fonts', info: 'info' }
const LETTERS: Record<string, string> = {
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
  tab: '\t',
  line: '\n',
  lbr: '\n',
}
const ENDS = new Set(['par', 'sect', 'page'])
const ASIDE = new Set([
  'footnote',
  'annotation',
  'shptxt',
  'header',
  'headerl',
  'headerr',
  'headerf',
  'footer',
  'footerl',
  'footerr',
  'footerf',
])

export type RtfReading = { reading: TextReading; title: string; author: string }

/** A text in Rich Text Format (Microsoft, 1.9.1) in its order. What was deleted under tracked changes is not shown. @throws ReadingFault */
export async function readRtf(bytes: Bytes, limits: Limits): Promise<TextReading> {
  return (await readRtfAndFacts(bytes, limits)).reading
}

export async function readRtfAndFacts(bytes: Bytes, limits: Limits): Promise<RtfReading> {
  const blocks = blocksWithin(limits)
  const facts = { title: '', author: '' }
  const tokens = rtfTokens(story(blocks, facts, limits))
  for await (const window of stretch(bytes, 0, bytes.size)) {
    tokens.take(window)
    if (blocks.isFull()) break
  }
  tokens.end(blocks.isFull())
  return { reading: blocks.reading(), title: facts.title.trim(), author: facts.author.trim() }
}

function story(blocks: Blocks, facts: { title: string; author: string }, limits: Limits): RtfHeard {
  const groups: Group[] = [{ place: 'text', font: -1, fallback: 1, isDeleted: false, isStarred: false, isAside: false }]
  const letters: Letters = rtfLetters()
  const written = paragraphs(blocks, limits)
  const top = (): Group => groups.at(-1)!
  const put = (text: string): void => {
    const { place, isDeleted } = top()
    if (place === 'text' && !isDeleted) written.say(text)
    else if ((place === 'title' || place === 'author') && facts[place].length < 2_000) facts[place] += text
  }
  const flush = () => put(letters.flush(top().font))
  /** A word may say what its group is. */
  const enter = (word: string): void => {
    const group = top()
    const isUnknown = group.isStarred && !STARRED.has(word)
    group.isStarred = false
    if (group.place === 'skipped') return
    if (group.place === 'info' && (word === 'title' || word === 'author')) group.place = word
    else if (isUnknown || SKIPPED.has(word)) group.place = 'skipped'
    else if (Object.hasOwn(PLACES, word)) group.place = PLACES[word]!
    else if (ASIDE.has(word) && group.place === 'text' && !group.isAside) {
      group.isAside = true
      written.begin()
    }
  }
  const format = (word: string, value: number | null): void => {
    const group = top()
    if (word === 'uc') group.fallback = Math.min(100, Math.max(0, value ?? 1))
    else if (word === 'deleted') group.isDeleted = value !== 0
    else if (word === 'f') group.font = value ?? 0
    else if (word === 'plain') Object.assign(group, { font: -1, isDeleted: false })
    else if (word === 'pard') {
      written.setTable(false)
      written.setLevel(0)
    } else if (word === 'intbl' || word === 'itap') written.setTable(value !== 0)
    else if (word === 'outlinelevel') written.setLevel(value !== null && value >= 0 && value < 9 ? value + 1 : 0)
    else letters.heed(word, value, group.place === 'fonts' ? group.font : null)
  }
  return {
    open: () => {
      flush()
      groups.push({ ...top(), isStarred: false, isAside: false })
    },
    close: () => {
      flush()
      if (top().isAside) written.finish()
      if (groups.length > 1) groups.pop()
    },
    byte: (byte) => {
      if (top().place === 'skipped') return
      letters.add(byte)
      if (letters.isLong()) flush()
    },
    unit: (unit) => {
      flush()
      put(String.fromCharCode(unit))
      return top().fallback
    },
    star: () => void (top().isStarred = true),
    word: (word, value) => {
      flush()
      enter(word)
      if (top().place === 'text' && !top().isDeleted) {
        if (ENDS.has(word)) written.endParagraph()
        else if (word === 'cell' || word === 'nestcell') written.endCell()
        else if (word === 'row' || word === 'nestrow') written.endRow()
      }
      if (Object.hasOwn(LETTERS, word)) put(LETTERS[word]!)
      else format(word, value)
    },
    symbol: (text) => {
      flush()
      put(text)
    },
    end: () => {
      flush()
      written.finish()
    },
  }
}

type Paragraph = { text: string; cells: string[]; isTable: boolean; level: number }

/** Gathers letters into paragraphs, cells and rows; what is begun stands before what it is begun in. */
function paragraphs(blocks: Blocks, limits: Limits) {
  const none = (): Paragraph => ({ text: '', cells: [], isTable: false, level: 0 })
  const around: Paragraph[] = []
  let now = none()
  const endParagraph = () => {
    const { text, level, isTable } = now
    if (isTable) return void (now.text += '\n')
    if (text.trim() !== '') blocks.add(level ? { type: 'heading', level, text } : { type: 'paragraph', text })
    now.text = ''
  }
  const endRow = () => {
    if (now.cells.some((cell) => cell !== '')) blocks.add({ type: 'table-row', cells: now.cells.slice(0, limits.columns) })
    now.cells = []
    now.isTable = false
  }
  return {
    endParagraph,
    endRow,
    endCell: () => {
      if (now.cells.length <= limits.columns) now.cells.push(now.text.trim())
      now.text = ''
    },
    // what is over the limit is not gathered first
    say: (more: string) => {
      if (now.text.length <= limits.text) now.text += more
    },
    setTable: (is: boolean) => {
      now.isTable = is
    },
    setLevel: (to: number) => {
      now.level = to
    },
    begin: () => {
      around.push(now)
      now = none()
    },
    finish: () => {
      endRow()
      endParagraph()
      now = around.pop() ?? none()
    },
  }
}
