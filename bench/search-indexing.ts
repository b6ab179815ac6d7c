import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { MatterId } from '../src/contract/ids.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { newKey, wrapKey } from '../src/core/keys.ts'
import { matterKeys, versionLabel } from '../src/features/keys/matter-keys.ts'
import { sealMatterText } from '../src/features/keys/matter-words.ts'
import { openBlobs } from '../src/platform/blobs.ts'
import { readFirmKeys } from '../src/platform/firm-keys.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import { openKeystore } from '../src/platform/keystore.ts'
import { connect, type Db } from '../src/platform/postgres.ts'
import { textsOf } from './corpus-text.ts'
import { cpuOf } from './cpu.ts'
import type { Firm } from './firm.ts'
import { comesAlong } from './large-firm.ts'
import { row, type Figure } from './measure.ts'
import { sizes } from './search-large.ts'
import type { Stage } from './stage.ts'

const MATTERS = 100
const [LEAST, MOST] = [4500, 5500]
const AT_ONCE = 200

/** Everything that is put in is due at once; meanwhile the app is asked what a person asks, one thing after the other. */
export const searchIndexing: Figure = {
  id: 'search-indexing',
  what: 'documents a second read and indexed, from the moment that all are due until none is',
  unit: '1/s',
  bar: { least: 200 },
  measure: async (stage) => {
    const firm = await stage.firm()
    const count = stage.quick ? 2000 : 20_000
    const { data, keyring } = firm.place
    const root = await openKeyring(keyring, data)
    const { db, end } = await connect(await comesAlong(data, root.key))
    stage.closing(end)
    const house = { keys: (await readFirmKeys(db, root))!, keystore: await openKeystore(join(data, 'keystore'), root) }
    const matters = await put(stage, firm, db, house, count)
    await ask(firm, matters, async () => false)
    const idle = await ask(firm, matters, lasting(5000))
    const before = cpuOf(firm.pid)
    const begun = performance.now()
    await db.run(
      `insert into app.to_index (kind, subject, matter_id, step, since) select 'version', id, matter_id, 2, created_at from app.versions`,
    )
    const isLeft = async () => (await db.row<{ n: number }>(`select count(*) as n from app.to_index where kind = 'version'`))!.n > 0
    const took = await ask(firm, matters, isLeft)
    const seconds = (performance.now() - begun) / 1000
    const cpu =
      before === null
        ? []
        : [
            row(
              {
                id: 'search-indexing-cpu',
                what: 'processor time of the program and its PostgreSQL for a document, with the questions asked meanwhile',
                unit: 'ms',
              },
              (cpuOf(firm.pid)! - before) / count,
            ),
          ]
    const { n } = (await db.row<{ n: number }>(`select count(*) as n from app.texts where is_indexed and state = 'read'`))!
    if (n !== count) throw new Error(`${n} of ${count} documents are indexed`)
    const line = (what: keyof typeof took, share: number, name: string) =>
      row(
        {
          id: `search-indexing-${name}`,
          what: `${what} while documents are indexed, beside the same before; ${took[what].length} times`,
          unit: 'ms',
        },
        at(took[what], share),
        at(idle[what], share),
      )
    return [
      row(searchIndexing, count / seconds, null, `${count} documents of 4.5 to 5.5 KB in ${MATTERS} matters, ${seconds.toFixed(0)} s`),
      row(
        { id: 'search-indexing-app', what: 'what the app answered meanwhile: 95 of 100 within (the bar is 200)', unit: 'ms' },
        at(Object.values(took).flat(), 0.95),
        at(Object.values(idle).flat(), 0.95),
      ),
      ...cpu,
      line('matter.list', 0.95, 'matters'),
      line('document.list', 0.95, 'documents'),
      line('search.run', 0.95, 'search'),
      ...(await sizes({ db }, 'search-indexing-size')),
    ]
  },
}

const at = (times: number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!
const lasting = (ms: number) => {
  const until = performance.now() + ms
  return async () => performance.now() < until
}

type Took = Record<'matter.list' | 'document.list' | 'search.run', number[]>
async function ask({ caller }: Firm, matters: string[], goesOn: () => Promise<boolean>): Promise<Took> {
  const took: Took = { 'matter.list': [], 'document.list': [], 'search.run': [] }
  const time = async (what: keyof Took, work: Promise<unknown>) => {
    const begun = performance.now()
    await work
    took[what].push(performance.now() - begun)
  }
  let n = 0
  do {
    const matter = matters[(n += 1) % matters.length]!
    await time('matter.list', caller.ok('matter.list', { query: { limit: 50 } }))
    await time('document.list', caller.ok('document.list', { params: { matter }, query: { limit: 100 } }))
    await time('search.run', caller.ok('search.run', { body: { words: 'termination notice', limit: 20 } }))
    await new Promise((resolve) => setTimeout(resolve, 50))
  } while (await goesOn())
  return took
}

/** Files sealed as an upload seals them, and their rows, without the wish to have them indexed; matter by matter, as an import brings them. */
async function put(stage: Stage, firm: Firm, db: Db, house: Parameters<typeof matterKeys>[0], count: number): Promise<string[]> {
  const texts = textsOf(stage.corpus)
  const blobs = await openBlobs(join(firm.place.data, 'blobs'))
  const { id: by } = (await db.row<{ id: string }>('select id from app.people where probe_id is null limit 1'))!
  const matters: string[] = []
  for (let m = 0; m < MATTERS; m += 1) matters.push(await firm.matter(`Indexed ${m}`))
  for (let from = 0; from < count; from += AT_ONCE) {
    const matter = matters[Math.floor((from / count) * MATTERS)]!
    const keys = (await matterKeys(house, db, matter as MatterId))!
    const rows = await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, i) => {
        const content = Buffer.from(texts.text(from + i, LEAST, MOST))
        const [id, version, key] = [uuidv7(Date.now()), uuidv7(Date.now()), newKey()]
        await blobs.receive(
          version,
          key,
          (async function* () {
            yield content
          })(),
        )
        await blobs.keep(version)
        const facts = JSON.stringify({ sha256: hash('sha256', content), mediaType: 'text/plain', shown: 'text', found: [] })
        return {
          id,
          version,
          name: sealMatterText(keys, 'documents', 'sealed_name', id, texts.name(from + i)),
          key: wrapKey(keys.matter, versionLabel(version), key),
          facts: sealMatterText(keys, 'versions', 'sealed_facts', version, facts),
          size: content.length,
        }
      }),
    )
    const of = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((one) => one[name])
    await db.run('set session_replication_role = replica')
    await db.run(
      `insert into app.documents (id, matter_id, sealed_name, name_token, class, created_by)
       select d.id, $1, d.name, sha256(d.id::text::bytea), 'confidential', $2 from unnest($3::uuid[], $4::bytea[]) d (id, name)`,
      [matter, by, of('id'), of('name')],
    )
    await db.run(
      `insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by)
       select v.id, v.document, $1, 1, v.key, v.facts, sha256(v.id::text::bytea), v.size, $2
       from unnest($3::uuid[], $4::uuid[], $5::bytea[], $6::bytea[], $7::bigint[]) v (id, document, key, facts, size)`,
      [matter, by, of('version'), of('id'), of('key'), of('facts'), of('size')],
    )
    await db.run('set session_replication_role = default')
  }
  await db.run(
    `insert into app.listings (matter_id, class, stripe, changes, documents) select matter_id, class, 0, 1, count(*) from app.documents group by 1, 2`,
  )
  await db.run('analyze')
  return matters
}
