import type { House } from '../../platform/house.ts'
import type { Picture } from '../../platform/reading/extracted.ts'
import { keysWhereHeld, versionKey } from '../keys/matter-keys.ts'
import { languageOf, type Language } from '../../finding/stems.ts'
import { wordsOf } from '../../finding/words.ts'
import { withLetters } from './assembled.ts'
import { endDue, putOff, soon, takeDue, versionsToIndex, type Due } from './due.ts'
import { languagesOf } from './languages.ts'
import { sourceOf } from './reading.ts'
import { textKeyOf } from '../keys/search-keys.ts'
import { openKeptText, sealText, unreadOf } from './texts.ts'

const JOB = 'letters'
/** Pages of one document that are read by machine. */
const MOST_PAGES = 2_000

/** Reads the letters of scans, one document after the other, and has their words indexed. */
export async function readLetters(house: House, goesOn: () => boolean): Promise<void> {
  const languages = await languagesOf(house)
  while (goesOn()) {
    const [due] = await house.clerk({ name: JOB }, (db) => takeDue(db, 1, true))
    if (!due) return
    await readOne(house, due, languages, goesOn).catch(async (fault: unknown) => {
      await house.clerk({ name: JOB, matter: due.matter_id }, (db) => putOff(db, 'version', [due.subject]))
      throw fault
    })
  }
}

async function readOne(house: House, due: Due, languages: readonly Language[], goesOn: () => boolean): Promise<void> {
  const matter = due.matter_id
  const begun = await house.clerk({ name: JOB, matter }, async (db) => {
    const keys = await keysWhereHeld(house, db, matter)
    const [row] = await versionsToIndex(db, [due.subject])
    return keys && row && { keys, row }
  })
  const end = () => house.clerk({ name: JOB, matter }, (db) => endDue(db, 'version', [due]))
  if (!begun?.row.sealed_text || begun.row.held) return void (await end())
  const { keys, row } = begun
  const key = textKeyOf(versionKey(keys, row.version_id, row.wrapped_key))
  const kept = openKeptText(key, row.version_id, begun.row.sealed_text!)
  const source = sourceOf(house, keys, row)
  const read: (Picture & { text: string; sureness: number })[] = []
  const left: string[] = []
  for (const [at, picture] of kept.pictures.entries()) {
    if (!goesOn()) return void (await house.clerk({ name: JOB, matter }, (db) => putOff(db, 'version', [due.subject])))
    if (at >= MOST_PAGES) {
      left.push(`pages after the first ${MOST_PAGES} that are pictures`)
      break
    }
    const its = picture.within === '' ? source : await house.texts.inner(source, picture.within, matter)
    const letters = its ? await house.scans.read(its, picture, [...languages], matter) : ({ none: 'broken' } as const)
    if ('none' in letters) left.push(`${placeOf(picture)} (${WHY[letters.none]})`)
    else read.push({ ...picture, text: letters.text, sureness: letters.sureness })
    // the other pages of a picture with several
    if ('pages' in letters && picture.page === null && letters.pages > 1)
      for (let page = 2; page <= Math.min(letters.pages, MOST_PAGES) && goesOn(); page += 1) {
        const more = await house.scans.read(its!, { page }, [...languages], matter)
        if ('none' in more) left.push(`page ${page} (${WHY[more.none]})`)
        else read.push({ page, within: picture.within, text: more.text, sureness: more.sureness })
      }
  }
  const text = withLetters(kept, read, left)
  const sealed = sealText(key, row.version_id, { ...text, language: languageOf(wordsOf(text.text.slice(0, 40_000)), languages) })
  await house.clerk({ name: JOB, matter }, async (db) => {
    await db.run('select hidden.keep_text($1, $2, null, $3, $4, $5)', [
      row.version_id,
      'read',
      sealed,
      text.text.length,
      unreadOf(text).length === 0,
    ])
    await endDue(db, 'version', [due])
    await soon(db, 'version', row.version_id, matter, 1)
  })
}

const placeOf = ({ page, within }: Picture): string =>
  [within, page === null ? (within ? '' : 'the picture') : `page ${page}`].filter(Boolean).join(', ')
const WHY: Record<string, string> = {
  'too-much': 'larger than is read',
  'broken': 'damaged, or in a form that is not read here',
  'encrypted': 'under a password',
  'took-too-long': 'reading it took too long',
  'crashed': 'reading it failed',
  'missing': 'no reader of letters is installed',
}
