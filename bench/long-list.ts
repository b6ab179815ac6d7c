import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { MatterId } from '../src/contract/ids.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { matterKeys } from '../src/features/keys/matter-keys.ts'
import { sealMatterText } from '../src/features/keys/matter-words.ts'
import { readFirmKeys } from '../src/platform/firm-keys.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import { openKeystore } from '../src/platform/keystore.ts'
import { connect } from '../src/platform/postgres.ts'
import type { Firm } from './firm.ts'
import { comesAlong } from './large-firm.ts'

/** Rows of so many documents of one matter, without their blobs; as the program would have written them. */
export async function seedLongList(firm: Firm, matter: string, count: number): Promise<void> {
  const { data, keyring } = firm.place
  const root = await openKeyring(keyring, data)
  const { db, end } = await connect(await comesAlong(data, root.key))
  try {
    const house = { keys: (await readFirmKeys(db, root))!, keystore: await openKeystore(join(data, 'keystore'), root) }
    const keys = (await matterKeys(house, db, matter as MatterId))!
    const { id: by } = (await db.row<{ id: string }>('select id from app.people limit 1'))!
    const facts = JSON.stringify({ sha256: 'a'.repeat(64), mediaType: 'application/pdf', shown: 'pdf', found: [] })
    await db.run('set session_replication_role = replica')
    for (let at = 0; at < count; at += 5000) {
      const some = Array.from({ length: Math.min(5000, count - at) }, (_, n) => ({
        id: uuidv7(Date.now()),
        version: uuidv7(Date.now()),
        n: at + n,
      }))
      await db.run(
        `insert into app.documents (id, matter_id, sealed_name, name_token, class, created_by)
         select id, $1, name, token, 'confidential', $2 from unnest($3::uuid[], $4::bytea[], $5::bytea[]) d (id, name, token)`,
        [
          matter,
          by,
          some.map(({ id }) => id),
          some.map(({ id, n }) => sealMatterText(keys, 'documents', 'sealed_name', id, `Exhibit ${(n * 7919) % count}.pdf`)),
          some.map(() => randomBytes(32)),
        ],
      )
      await db.run(
        `insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by)
         select id, document, $1, 1, $2, facts, $2, 100000, $3 from unnest($4::uuid[], $5::uuid[], $6::bytea[]) v (id, document, facts)`,
        [
          matter,
          randomBytes(32),
          by,
          some.map(({ version }) => version),
          some.map(({ id }) => id),
          some.map(({ version }) => sealMatterText(keys, 'versions', 'sealed_facts', version, facts)),
        ],
      )
    }
    await db.run('set session_replication_role = default')
    await db.run('insert into app.listings (matter_id, class, stripe, changes, documents) values ($1, $2, 0, 1, $3)', [
      matter,
      'confidential',
      count,
    ])
    await db.run('analyze app.documents; analyze app.versions')
  } finally {
    await end()
  }
}
