import type { DocumentId, MatterId, VersionId } from '../../contract/ids.ts'
import type { TextState } from '../../contract/search.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { matterKeys, versionKey } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { textKeyOf } from '../keys/search-keys.ts'
import { find } from '../vault/documents.ts'
import { openKeptText, unreadOf } from './texts.ts'

/** Why a document cannot be found by what it says, for whoever asks. */
const WHY: Record<string, string> = {
  'too-much': 'It is larger than what is read.',
  'broken': 'It is not what its kind must be, or it is damaged.',
  'took-too-long': 'Reading it took too long.',
  'hostile': 'It is made in a way that does harm to whoever unpacks it.',
  'encrypted': 'It is under a password. Add a copy without one, and it can be found.',
  'crashed': 'Reading it failed.',
  'kind': 'This kind of file is not read.',
  'missing': 'Its stored file is not there.',
  'held': 'It is held until it was looked at for malware, or someone releases it.',
}
const MOST = 200

type Row = {
  version_id: VersionId
  document_id: DocumentId
  number: number
  sealed_name: Buffer
  wrapped_key: Buffer
  state: TextState
  why: string | null
  whole: boolean
  sealed_text: Buffer | null
}

/** Of each state how many there are, and the newest; of what is indexed as a whole one, for its count. */
const STANDING = `select s.* from (
    select t.*, count(*) over (partition by t.state) as of, row_number() over (partition by t.state, t.whole order by t.document_id desc) as at from hidden.texts_state($1) t) s
  where s.at <= case when s.state = 'indexed' and s.whole then 1 else $2::integer end order by s.document_id desc`

export async function status({ house, db }: Here, { params }: Input<'index.status'>): Promise<Answer<'index.status'> | null> {
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const rows = await db.rows<Row & { of: number }>(STANDING, [params.matter, MOST])
  const counts = { waiting: 0, scan: 0, indexed: 0, unreadable: 0 }
  for (const { state, of } of rows) counts[state] = of
  const documents = rows
    .filter(({ state, whole }) => state !== 'indexed' || !whole)
    .slice(0, MOST)
    .map((row) => {
      const text =
        row.sealed_text && openKeptText(textKeyOf(versionKey(keys, row.version_id, row.wrapped_key)), row.version_id, row.sealed_text)
      return {
        document: row.document_id,
        name: matterText(keys, 'documents', 'sealed_name', row.document_id, row.sealed_name),
        version: row.number,
        state: row.state,
        why: row.why ? (WHY[row.why] ?? '') : '',
        unread: text ? unreadOf(text) : [],
      }
    })
  return { ...counts, documents }
}

export async function again(here: Here, { params }: Input<'index.again'>) {
  const found = await find(here, params.document)
  if (!found) return null
  const { ok } = (await here.db.row<{ ok: boolean }>('select hidden.read_again($1) as ok', [params.document]))!
  if (!ok) return null
  const { view, row } = found
  const subject = { matter: row.matter_id as MatterId, object: row.id, details: { object: view.name, folder: view.folder } }
  return remembered(subject, { state: 'waiting' as const })
}

type Count = { state: string; versions: number }
export async function progress({ db }: Here): Promise<Answer<'index.progress'>> {
  const rows = await db.rows<Count>('select * from hidden.index_counts()')
  const of = (state: string): number => rows.find((row) => row.state === state)?.versions ?? 0
  return { waiting: of('waiting'), scan: of('scan'), indexed: of('read'), unreadable: of('unreadable'), left: of('left') }
}

export async function rebuild({ db }: Here, { body }: Input<'index.rebuild'>) {
  const row = await db.row<{ n: number | null }>('select hidden.index_all($1) as n', [body.read ? 2 : 1])
  if (!row || row.n === null) return null
  return remembered({ details: { object: body.read ? 'texts and index' : 'index', left: row.n } }, { left: row.n })
}
