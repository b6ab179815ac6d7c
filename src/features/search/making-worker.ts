import { parentPort } from 'node:worker_threads'
import { languageOf, type Language } from '../../finding/stems.ts'
import { wordsOf } from '../../finding/words.ts'
import { makeTerms, type About, type MakingKeys } from './making.ts'
import { openKeptText, sealText, type KeptText } from './texts.ts'

// The other thread of maker.ts: words, stems, tokens, cards and seals of texts, so that requests are answered meanwhile.

/** `text`: kept already and opened here; just read, to be sealed here; null where a version is found by its name alone. */
export type Job = {
  about: About
  keys: MakingKeys
  languages: readonly Language[]
  text: { key: Uint8Array; sealed: Uint8Array } | { key: Uint8Array; read: Omit<KeptText, 'language'> } | null
}
export type Done = {
  tokens: Int32Array<ArrayBuffer>
  card: Uint8Array
  words: string[]
  /** Of a text that was just read. */ kept: { sealed: Uint8Array; length: number } | null
}
export type Asked = { n: number; jobs: Job[] }
export type Told = { n: number } & ({ done: Done[] } | { fault: string })

parentPort!.on('message', ({ n, jobs }: Asked) => {
  let told: Told
  try {
    told = { n, done: jobs.map(doOne) }
  } catch (fault) {
    // what it says may quote what it was given
    told = { n, fault: (fault as Error).name }
  }
  parentPort!.postMessage(told)
})

function doOne({ about, keys, languages, text }: Job): Done {
  if (text === null) return { ...made(makeTerms(keys, about, null, languages)), kept: null }
  const given = 'sealed' in text ? openKeptText(text.key, about.version, text.sealed) : text.read
  // the firm's languages may be others now than when it was read
  const read: KeptText = { ...given, language: languageOf(wordsOf(given.text.slice(0, 40_000)), languages) }
  const kept = 'sealed' in text ? null : { sealed: sealText(text.key, about.version, read), length: read.text.length }
  return { ...made(makeTerms(keys, about, read, languages)), kept }
}

const made = ({ tokens, card, words }: ReturnType<typeof makeTerms>) => ({ tokens: Int32Array.from(tokens), card, words })
