import { parse } from '../../finding/parse.ts'
import { instant } from '../../platform/clock.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { find } from '../vault/documents.ts'
import { languagesOf } from './languages.ts'
import { marksOf } from './hits.ts'
import { look, openTexts, shown } from './looking.ts'

const MOST = 100

/** Every passage of one document that answers. @throws as a look at a document */
export async function passages(here: Here, { params, body }: Input<'search.passages'>) {
  const found = await find(here, params.document, body.version)
  if (!found) return null
  const { row, view } = found
  const opened = (await openTexts(here, [row.version_id])).get(row.version_id)
  if (!opened) return null
  const { node } = parse(body.words, instant().slice(0, 10))
  const languages = await languagesOf(here.house)
  const answer: Answer<'search.passages'> = { passages: [], isCut: false, isWithheld: !opened.isShown }
  if (node && opened.isShown && opened.text) {
    const facts = {
      number: row.number,
      type: opened.text.type,
      language: opened.text.language,
      length: 0,
      day: null,
      at: view.at,
      people: [],
      sureness: null,
      same: '',
    }
    const one = { card: { facts, counts: { times: () => 1, isInName: () => false } }, class: view.class }
    const { author, custodian, source, tags } = view.about
    const known = { name: view.name, folder: view.folder, author, said: [custodian, source, ...tags], matter: '', client: '' }
    const { hits: its } = look(node, one, opened.text, known, languages)
    // fields were asked of the index: here only words are marked
    const hits = its.length > 0 ? its : marksOf(node, one, opened, languages)
    const all = shown(opened.text, hits, MOST + 1)
    answer.passages = all.slice(0, MOST)
    answer.isCut = all.length > MOST
  }
  const details = {
    object: view.name,
    folder: view.folder,
    version: row.number,
    words: body.words.slice(0, 500).toWellFormed(),
    passages: answer.passages.length,
  }
  return remembered({ matter: row.matter_id, object: row.id, details }, answer)
}
