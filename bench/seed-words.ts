import { hash } from 'node:crypto'
import type { MatterId } from '../src/contract/ids.ts'
import { keepMatterKeys, newMatterKeys } from '../src/features/keys/matter-keys.ts'
import { sealMatterText } from '../src/features/keys/matter-words.ts'
import type { House } from '../src/platform/house.ts'
import type { Db } from '../src/platform/postgres.ts'

/** Gives a matter and its first sixty documents real words, under keys of its own. */
export async function sealMatter(db: Db, house: Pick<House, 'keys' | 'keystore'>, matter: MatterId, n: number): Promise<void> {
  const made = await newMatterKeys(house, matter)
  const word = (table: 'matters' | 'documents' | 'versions', column: string, row: string, text: string) =>
    sealMatterText(made.keys, table, column, row, text)
  await db.run('delete from app.matter_keys where matter_id = $1', [matter])
  await keepMatterKeys(db, matter, made)
  await db.run('update app.matters set sealed_number = $2, sealed_title = $3 where id = $1', [
    matter,
    word('matters', 'sealed_number', matter, `B-${n}`),
    word('matters', 'sealed_title', matter, `Matter ${n}`),
  ])
  const rows = await db.rows<{ id: string; version: string }>(
    'select d.id, v.id as version from app.documents d join app.versions v on v.document_id = d.id where d.matter_id = $1 order by d.id limit 60',
    [matter],
  )
  const facts = JSON.stringify({ sha256: hash('sha256', matter), mediaType: 'application/pdf', shown: 'pdf', found: [] })
  await db.run('update app.documents d set sealed_name = w.name from unnest($1::uuid[], $2::bytea[]) w (id, name) where d.id = w.id', [
    rows.map((row) => row.id),
    rows.map((row, i) => word('documents', 'sealed_name', row.id, `Letter ${i}.pdf`)),
  ])
  await db.run('update app.versions v set sealed_facts = w.facts from unnest($1::uuid[], $2::bytea[]) w (id, facts) where v.id = w.id', [
    rows.map((row) => row.version),
    rows.map((row) => word('versions', 'sealed_facts', row.version, facts)),
  ])
}
