import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { assembled, withLetters } from '../../src/features/search/assembled.ts'
import { ReadingFault } from '../../src/platform/reading/fault.ts'
import { openReaders } from '../../src/platform/reading/readers.ts'
import type { Source } from '../../src/platform/reading/reading.ts'
import { openScans, type Scans } from '../../src/platform/scans/scans.ts'
import { openTexts, type Texts } from '../../src/platform/texts.ts'

/** A file of the corpus. `name` is what it is called in the firm and in the judgements; `same`: one for equal bytes. */
export type CorpusFile = { name: string; kind: string; path: string; bytes: Buffer; same: string }
/** The same with its text, as our own reader gives it ('' where it has none), and `beside` it what the file says of itself. */
export type ReadFile = CorpusFile & { text: string; beside: string[] }

/** Where the corpus lies beside the repository, or in the shared folder of the machine; null: nowhere. */
export const corpusFolder = (named: string | null = null): string | null =>
  [named, resolve(import.meta.dirname, '../../../shared/corpus'), process.env['SUBROSA_CORPUS'] ?? null].find(
    (one) => one !== null && existsSync(one),
  ) ?? null

/** Agreements and filings that are not empty, in order of their names; `kind` is their folder's. */
export async function corpusFiles(folder: string): Promise<CorpusFile[]> {
  const files: CorpusFile[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const within = relative(folder, entry.parentPath)
    if (!entry.isFile() || within === '') continue
    const bytes = await readFile(path)
    const same = createHash('sha256').update(bytes).digest('hex')
    if (bytes.length > 0) files.push({ name: entry.name, kind: basename(within), path, bytes, same })
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Their texts through the readers and the machine that reads letters, as the firm itself reads them. */
export async function readTexts(files: readonly CorpusFile[]): Promise<ReadFile[]> {
  const readers = openReaders()
  const scans = openScans()
  const texts = openTexts({ readers, pdf: scans.pdf })
  try {
    const read: ReadFile[] = []
    for (const file of files) read.push({ ...file, ...(await textOf(texts, scans, file)) })
    return read
  } finally {
    await readers.close()
    await scans.close()
  }
}

async function textOf(texts: Texts, scans: Scans, { name, bytes }: CorpusFile): Promise<Pick<ReadFile, 'text' | 'beside'>> {
  const source: Source = {
    size: bytes.length,
    read: async function* (start, end) {
      yield bytes.subarray(start, end)
    },
  }
  try {
    const kept = { ...assembled(await texts.read(source, 'corpus', name)), language: 'en' as const }
    const read = []
    for (const picture of kept.pictures) {
      const letters = await scans.read(source, picture, ['en'], 'corpus')
      if (!('none' in letters)) read.push({ ...picture, text: letters.text, sureness: letters.sureness })
    }
    return { text: withLetters(kept, read, []).text, beside: [kept.title, kept.author, ...kept.from, ...kept.to] }
  } catch (fault) {
    // what the firm cannot read either is found by its name alone
    if (fault instanceof ReadingFault) return { text: '', beside: [] }
    throw fault
  }
}
