import { hash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { MatterId } from '../src/contract/ids.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { newKey, wrapKey } from '../src/core/keys.ts'
import { namesIn } from '../src/finding/index-terms.ts'
import { keepMatterKeys, newMatterKeys, versionLabel, type MatterKeys } from '../src/features/keys/matter-keys.ts'
import { sealMatterText } from '../src/features/keys/matter-words.ts'
import { searchKeysOf, textKeyOf, type SearchKeys } from '../src/features/keys/search-keys.ts'
import { sealCard } from '../src/features/matters/register.ts'
import { inBlocks, sealWords } from '../src/features/search/lexicon.ts'
import { countTerms, matterTokens, underKeys } from '../src/features/search/making.ts'
import { packed, sealPacked, type KeptText } from '../src/features/search/texts.ts'
import { iso } from '../src/platform/clock.ts'
import { readFirmKeys } from '../src/platform/firm-keys.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import { openKeystore } from '../src/platform/keystore.ts'
import { connect, type Db, type Where } from '../src/platform/postgres.ts'
import { textsOf, type Texts } from './corpus-text.ts'

// A thread of search-firm.ts: matters with their documents, as the program would have written them, each matter in one transaction.

export type Seeding = {
  place: { data: string; keyring: string }
  superuser: Where
  corpus: string | null
  /** which of the matters, by their numbers; document `n` of the firm is in matter `n % matters`, and says text `n % pool` */
  mine: number[]
  matters: number
  documents: number
  /** so many different texts; a prime, so that no matter holds a text twice */
  pool: number
  least: number
  most: number
  clients: string[]
  by: string
}
type Firm = Seeding & { db: Db; house: Parameters<typeof newMatterKeys>[0]; texts: Texts }
const LANGUAGES = ['en'] as const
const AT_ONCE = 200
const pool: ReturnType<typeof pooled>[] = []

const seeding = workerData as Seeding
const root = await openKeyring(seeding.place.keyring, seeding.place.data)
const { db, end } = await connect(seeding.superuser)
const house = { keys: (await readFirmKeys(db, root))!, keystore: await openKeystore(`${seeding.place.data}/keystore`, root) }
await db.run(`set session_replication_role = replica; set synchronous_commit = off`)
const firm: Firm = { ...seeding, db, house, texts: textsOf(seeding.corpus) }
for (const n of seeding.mine) {
  await seedMatter(firm, n)
  parentPort!.postMessage(n)
}
await end()

async function seedMatter(firm: Firm, n: number): Promise<void> {
  const matter = uuidv7(Date.now()) as MatterId
  const made = await newMatterKeys(firm.house, matter)
  const words = { number: `S-${n}`, title: firm.texts.name(0x2000_0000 + n).replace(/ \d+\.txt$/, '') }
  const seal = (column: string, text: string) => sealMatterText(made.keys, 'matters', column, matter, text)
  const search = searchKeysOf(made.keys)
  await firm.db.run('begin')
  await firm.db.run(
    `insert into app.matters (id, client_id, sealed_number, number_token, sealed_title, class, status, created_by)
     values ($1, $2, $3, sha256($4::text::bytea), $5, 'confidential', 'open', $6)`,
    [
      matter,
      firm.clients[n % firm.clients.length],
      seal('sealed_number', words.number),
      words.number,
      seal('sealed_title', words.title),
      firm.by,
    ],
  )
  await keepMatterKeys(firm.db, matter, made)
  await firm.db.run('insert into app.register (matter_id, sealed_card) values ($1, $2)', [matter, sealCard(firm.house.keys, matter, words)])
  await firm.db.run('insert into app.matter_terms (matter_id, tokens) values ($1, $2)', [
    matter,
    [...matterTokens(search.terms, [words.number, words.title, `Client ${n % firm.clients.length}`], LANGUAGES)],
  ])
  const said = new Set<string>()
  const count = Math.floor(firm.documents / firm.matters)
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => n + (from + i) * firm.matters)
    await seedDocuments(firm, matter, made.keys, search, some, said)
  }
  const blocks = [...inBlocks(search.words, said)].map(([block, list]) => ({ block, part: uuidv7(Date.now()), list }))
  await firm.db.run(
    `insert into app.lexicon (matter_id, class, block, part, sealed_words)
     select $1, 'confidential', b.block, b.part, b.words from unnest($2::smallint[], $3::uuid[], $4::bytea[]) b (block, part, words)`,
    [
      matter,
      blocks.map(({ block }) => block),
      blocks.map(({ part }) => part),
      blocks.map(({ part, list }) => sealWords(search.words, matter, 'confidential', part, list)),
    ],
  )
  await firm.db.run(`insert into app.listings (matter_id, class, stripe, changes, documents) values ($1, 'confidential', 0, 1, $2)`, [
    matter,
    count,
  ])
  await firm.db.run('insert into plain.matters (n, id) values ($1, $2)', [n, matter])
  await firm.db.run('commit')
}

async function seedDocuments(
  firm: Firm,
  matter: MatterId,
  keys: MatterKeys,
  search: SearchKeys,
  ns: number[],
  said: Set<string>,
): Promise<void> {
  const rows = ns.map((n) => oneDocument(firm, keys, search, n, said))
  const of = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name])
  await firm.db.run(
    `insert into app.documents (id, matter_id, sealed_name, name_token, class, created_by)
     select d.id, $1, d.name, sha256(d.id::text::bytea), 'confidential', $2 from unnest($3::uuid[], $4::bytea[]) d (id, name)`,
    [matter, firm.by, of('document'), of('name')],
  )
  await firm.db.run(
    `insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by)
     select v.id, v.document, $1, 1, v.key, v.facts, sha256(v.id::text::bytea), v.size, $2
     from unnest($3::uuid[], $4::uuid[], $5::bytea[], $6::bytea[], $7::bigint[]) v (id, document, key, facts, size)`,
    [matter, firm.by, of('version'), of('document'), of('key'), of('facts'), of('length')],
  )
  await firm.db.run(
    `insert into app.texts (version_id, matter_id, state, sealed_text, length, is_indexed)
     select t.id, $1, 'read', t.text, t.length, true from unnest($2::uuid[], $3::bytea[], $4::integer[]) t (id, text, length)`,
    [matter, of('version'), of('sealed'), of('length')],
  )
  await firm.db.run(
    `insert into app.terms (version_id, document_id, matter_id, tokens, sealed_card)
     select t.id, t.document, $1, t.tokens::integer[], t.card from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bytea[]) t (id, document, tokens, card)`,
    [matter, of('version'), of('document'), of('tokens'), of('card')],
  )
  await firm.db.run(
    `insert into plain.texts (document_id, matter_id, body, words)
     select t.id, $1, p.body, p.words from unnest($2::uuid[], $3::integer[]) t (id, n) join plain.pool p on p.n = t.n`,
    [matter, of('document'), ns.map((n) => n % firm.pool)],
  )
}

/** What is made of a text before any key is made once for all documents that say the same. */
function pooled({ texts, least, most }: Firm, n: number) {
  const text = texts.text(n, least, most)
  const name = texts.name(n)
  const about = { tags: [], author: '', custodian: '', source: '', receivedOn: null }
  const kept: KeptText = {
    type: 'text',
    language: 'en',
    title: '',
    author: '',
    from: [],
    to: [],
    date: null,
    parts: [{ at: 0, page: null, within: '', sureness: null }],
    isCut: false,
    unread: [],
    pictures: [],
    text,
  }
  const day = { at: iso(new Date(Date.now() - (n % 1000) * 86_400_000)), sha256: '' }
  const counts = countTerms({ version: '', number: 1, name, folder: '', about, type: 'text', ...day }, kept, LANGUAGES)
  return { name, length: text.length, counts, packed: packed(kept), words: [...new Set([...counts.words, ...namesIn(name)])] }
}

/** A file without its blob: nothing that is measured opens one. No content is another's, so that none is grouped with it. */
function oneDocument(firm: Firm, keys: MatterKeys, search: SearchKeys, n: number, said: Set<string>) {
  const text = (pool[n % firm.pool] ??= pooled(firm, n % firm.pool))
  const [document, version] = [uuidv7(Date.now()), uuidv7(Date.now())]
  const sha256 = hash('sha256', `content ${n}`)
  const versionKey = newKey()
  const facts = JSON.stringify({ sha256, mediaType: 'text/plain', shown: 'text', found: [] })
  const { tokens, card } = underKeys(search, version, { ...text.counts, facts: { ...text.counts.facts, same: sha256.slice(0, 16) } })
  for (const word of text.words) said.add(word)
  return {
    document,
    version,
    length: text.length,
    name: sealMatterText(keys, 'documents', 'sealed_name', document, text.name),
    key: wrapKey(keys.matter, versionLabel(version), versionKey),
    facts: sealMatterText(keys, 'versions', 'sealed_facts', version, facts),
    sealed: sealPacked(textKeyOf(versionKey), version, text.packed),
    tokens: `{${tokens.join()}}`,
    card,
  }
}
