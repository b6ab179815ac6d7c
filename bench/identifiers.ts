import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { identifiersIn, masked, termsIn } from '../src/outward/identifiers/identifiers.ts'
import { measured, precision, recall, type Quality } from '../test/outward/identifiers/quality.ts'
import { snippetsOf } from '../test/outward/identifiers/snippets.ts'

// node bench/identifiers.ts                    precision and recall over both sets, false ones in real documents, speed
// node bench/identifiers.ts --only sets        a part: sets, corpus, speed
// node bench/identifiers.ts --wrong tuned      what is missed or false in a set, line by line
// node bench/identifiers.ts --corpus DIR       the folder of the documents
const { values: options } = parseArgs({ options: { only: { type: 'string' }, wrong: { type: 'string' }, corpus: { type: 'string' } } })
const CORPUS = resolve(options.corpus ?? join(import.meta.dirname, '../../shared/corpus'))
const SIZE = 16 * 1024 * 1024

const isAsked = (part: string): boolean => options.only === undefined || options.only === part
if (isAsked('sets')) sets()
if (isAsked('corpus') || isAsked('speed')) {
  const texts = corpusTexts()
  if (texts.length === 0) console.log(`There is no corpus at ${CORPUS}; name it with --corpus.`)
  if (isAsked('corpus') && texts.length > 0) inDocuments(texts)
  if (isAsked('speed')) speeds(texts.map(({ text }) => text).join('\n'))
}

function sets(): void {
  for (const name of ['tuned', 'held-out'] as const) {
    const snippets = snippetsOf(name)
    const { all, byKind, wrong } = measured(snippets)
    const none = snippets.filter(({ wanted }) => wanted.length === 0).length
    console.log(`${name}: ${snippets.length} snippets, ${none} without an identifier`)
    line('all', all)
    for (const [kind, quality] of [...byKind].sort()) line(kind, quality)
    if (options.wrong === name) for (const one of wrong) console.log(`  ${one}`)
  }
}

function line(name: string, quality: Quality): void {
  const { right, false: wrong, missed } = quality
  const share = (value: number): string => value.toFixed(3)
  console.log(
    `  ${name.padEnd(16)} precision ${share(precision(quality))}  recall ${share(recall(quality))}  right ${right}, false ${wrong}, missed ${missed}`,
  )
}

/** Plain text as it is; of a PDF what pdftotext reads, where that program is there. */
function corpusTexts(): { name: string; text: string }[] {
  if (!statSync(CORPUS, { throwIfNoEntry: false })) return []
  return readdirSync(CORPUS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:txt|html?|pdf)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: path.slice(CORPUS.length + 1), text: textOf(path) }))
}

function textOf(path: string): string {
  if (!path.endsWith('.pdf')) return readFileSync(path, 'utf8').replace(/<[^<>]{0,2000}>/g, ' ')
  try {
    return execFileSync('pdftotext', [path, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

function inDocuments(texts: readonly { name: string; text: string }[]): void {
  const words = texts.reduce((sum, { text }) => sum + (text.match(/\S+/g)?.length ?? 0), 0)
  let hits = 0
  for (const { name, text } of texts) {
    for (const identifier of identifiersIn(text).found) {
      hits += 1
      const { kind, at, length } = identifier
      const around = text.slice(Math.max(0, at - 50), at) + masked(text, identifier) + text.slice(at + length, at + length + 25)
      console.log(`  ${kind.padEnd(14)} ${name}: ${around.replace(/\s+/g, ' ')}`)
    }
  }
  const terms = texts.map(({ text }) => new Set(termsIn(text).found.map(({ kind }) => kind)))
  console.log(`documents: ${texts.length}, ${words} words, ${hits} identifiers told, of which each line above is to be read`)
  console.log(
    `terms, by documents: ${[
      ...Map.groupBy(
        terms.flatMap((kinds) => [...kinds]),
        (kind) => kind,
      ),
    ]
      .map(([kind, its]) => `${kind} ${its.length}`)
      .join(', ')}`,
  )
}

function speeds(real: string): void {
  const filled = (part: string): string => part.repeat(Math.ceil(SIZE / part.length)).slice(0, SIZE)
  const texts: [string, string][] = [
    ...(real === ''
      ? []
      : ([
          ['real text', filled(real)],
          ['real text, not Latin-1', filled(`${real}—`)],
        ] as [string, string][])),
    ['all digits', filled('7')],
    ['all "1 "', filled('1 ')],
    ['all "AB12"', filled('AB12')],
    ['all "AB12 "', filled('AB12 ')],
    ['nine digits that pass', filled('111222333 ')],
    ['nine digits, named', filled('BSN 111222333, SSN ')],
    ['IBAN beginnings', filled('DE12 ')],
    ['dates', filled('12 May 1990 ')],
    ['words that name', filled('social security ')],
    ['four digits', filled('4111 ')],
    ['digits and dashes', filled('123-45-6789-')],
  ]
  for (const [name, joined] of texts) {
    // a text that was put together is laid out at the first look, which is not what is measured
    const text = Buffer.from(joined, 'utf16le').toString('utf16le')
    const rate = (run: () => unknown): string => {
      const start = performance.now()
      run()
      return (text.length / 1024 / 1024 / ((performance.now() - start) / 1000)).toFixed(1).padStart(6)
    }
    console.log(
      `  ${name.padEnd(24)} identifiers ${rate(() => identifiersIn(text))} MB/s, all of them ${rate(() => identifiersIn(text, { found: Infinity }))} MB/s, terms ${rate(() => termsIn(text, { found: Infinity }))} MB/s`,
    )
  }
}
