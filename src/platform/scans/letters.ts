import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import Core, { type TessBaseAPI, type Tesseract } from 'tesseract.js-core/tesseract-core-simd-lstm.js'
import { hyphens } from './hyphens.ts'
import type { Picture } from './page-picture.ts'
import { tidy } from './pdf-text.ts'
import { LANGUAGES, NotRead } from './scan.ts'

export type Letters = { text: string; sureness: number }

/** The neural reader; there is no other in the language data. */
const LSTM_ONLY = 1
/** Below it a page is tried upside down as well. Letters that lie on their side are read as they are, whichever way. */
const DOUBTFUL = 60

/** @param languages ISO 639-1, the main one first; what is not read here is passed over, and English is read when none is left */
export async function lettersOf(picture: Picture, languages: string[]): Promise<Letters> {
  const reader = await readerOf(languages)
  const letters = recognize(reader, picture)
  if (letters.sureness >= DOUBTFUL || letters.text === '') return letters
  const turned = recognize(reader, { ...picture, grey: picture.grey.reverse() })
  return turned.sureness > letters.sureness ? turned : letters
}

function recognize({ tesseract, api }: Reader, { width, height, grey }: Picture): Letters {
  // the module's own file system is its memory; the picture is a PGM (netpbm, pgm(5))
  tesseract.FS.writeFile('/input', Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), grey]))
  try {
    if (api.SetImageFile() !== 0) throw new NotRead('broken', 'the page was not taken')
    api.Recognize(null)
    const text = joined(api.GetUTF8Text())
    return { text, sureness: text === '' ? 0 : Math.min(100, Math.max(0, api.MeanTextConf())) }
  } finally {
    api.Clear()
    tesseract.FS.unlink('/input')
  }
}

const joined = (text: string): string => tidy(hyphens()(text.replace(/(\p{L})[-\u00ad]\n(?=\p{Ll})/gu, '$1\ufffe')))

type Reader = { tesseract: Tesseract; api: TessBaseAPI; named: string }
let reader: Reader | undefined
const loaded = new Set<string>()

/** Kept until other languages are asked for. */
async function readerOf(languages: string[]): Promise<Reader> {
  const names = [...new Set(languages.flatMap((language) => LANGUAGES[language] ?? []))]
  const named = names.length === 0 ? LANGUAGES['en']! : names.join('+')
  if (reader?.named === named) return reader
  const tesseract = reader?.tesseract ?? (await Core({ print: () => {}, printErr: () => {} }))
  for (const name of named.split('+').filter((one) => !loaded.has(one))) {
    tesseract.FS.writeFile(`/${name}.traineddata`, languageData(name))
    loaded.add(name)
  }
  reader?.api.End()
  const api = new tesseract.TessBaseAPI()
  if (api.Init(null, named, LSTM_ONLY) !== 0) throw new NotRead('missing', 'the language cannot be read')
  // columns and paragraphs are found by itself, in either direction; it knows no other resolution
  api.SetVariable('tessedit_pageseg_mode', '3')
  api.SetVariable('user_defined_dpi', '300')
  return (reader = { tesseract, api, named })
}

function languageData(name: string): Buffer {
  const path = fileURLToPath(import.meta.resolve(`@tesseract.js-data/${name}/4.0.0_best_int/${name}.traineddata.gz`))
  return gunzipSync(readFileSync(path))
}
