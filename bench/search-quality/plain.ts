import type { Db } from '../../src/platform/postgres.ts'
import type { ReadFile } from './corpus.ts'
import type { Judged } from './judged.ts'

/** How `ts_rank_cd` is asked: over the text alone or with the name before it at weight A, and its normalization. */
export type Setting = { isNamed: boolean; normalization: number }
export const SETTINGS: Setting[] = [false, true].flatMap((isNamed) =>
  [0, 1, 2, 4, 8, 16, 32].map((normalization) => ({ isNamed, normalization })),
)
export const settingName = ({ isNamed, normalization }: Setting): string => `${isNamed ? 'name and text' : 'text'}, ${normalization}`

/** The texts in a table of this session, as PostgreSQL's own full text keeps them. */
export async function fillPlain(db: Db, files: readonly ReadFile[]): Promise<void> {
  await db.run('create temp table plain_texts (name text primary key, text_terms tsvector, named_terms tsvector)')
  for (const { name, text } of files)
    await db.run(
      `insert into plain_texts select $1::text, terms, setweight(to_tsvector('english', translate($1::text, '_.', '  ')), 'A') || terms
        from to_tsvector('english', $2::text) terms`,
      // PostgreSQL keeps no NUL
      [name, text.replaceAll('\0', ' ')],
    )
}

/** Names in the order of `ts_rank_cd`, the first so many. */
export async function askPlain(
  db: Db,
  { plain, tsquery }: Pick<Judged, 'plain' | 'tsquery'>,
  setting: Setting,
  most: number,
): Promise<string[]> {
  const terms = setting.isNamed ? 'named_terms' : 'text_terms'
  const query = tsquery === undefined ? `websearch_to_tsquery('english', $1)` : `to_tsquery('english', $1)`
  const rows = await db.rows<{ name: string }>(
    `select name from plain_texts, ${query} query where ${terms} @@ query order by ts_rank_cd(${terms}, query, $2) desc, name limit $3`,
    [tsquery ?? plain, setting.normalization, most],
  )
  return rows.map(({ name }) => name)
}
