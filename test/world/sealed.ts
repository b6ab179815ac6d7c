import { openField } from '../../src/core/field.ts'
import { keysOfMatters } from '../../src/features/keys/matter-keys.ts'
import type { House } from '../../src/platform/house.ts'
import type { MatterId } from '../../src/contract/ids.ts'
import type { Db } from '../../src/platform/postgres.ts'
import { versionKey, type MatterKeys } from '../../src/features/keys/matter-keys.ts'
import { searchKeysOf, textKeyOf } from '../../src/features/keys/search-keys.ts'
import { openCard } from '../../src/features/search/cards.ts'
import { openWords } from '../../src/features/search/lexicon.ts'
import { openKeptText } from '../../src/features/search/texts.ts'
import type { Canary } from './canaries.ts'

/** Each sealed column, and the canary that `plantAll` leaves in it; or why none of anyone's words can stand there. */
export const SEALED: Record<string, Canary | { because: string }> = {
  'app.approvals.sealed_reason': 'why',
  'app.bundles.sealed_plan': 'file',
  'app.check_decisions.sealed_words': 'asked',
  'app.check_hits.sealed_why': 'party',
  'app.checks.sealed_words': 'asked',
  'app.clients.sealed_details': 'client',
  'app.clients.sealed_name': 'client',
  'app.confirmations.sealed_reason': 'end',
  'app.destructions.sealed_items': { because: 'ids, numbers and digests of what was ended, and no word' },
  'app.destructions.sealed_names': 'file',
  'app.destructions.sealed_note': 'end',
  'app.destructions.sealed_words': 'end',
  'app.devices.sealed_description': { because: 'the names of a browser and a system, each out of a table of ours' },
  'app.documents.sealed_about': 'about',
  'app.documents.sealed_name': 'file',
  'app.documents.sealed_out_note': 'out',
  'app.documents.sealed_place': 'place',
  'app.firm.sealed_name': { because: 'whoever is invited reads it before they have an account' },
  'app.folders.sealed_name': 'folder',
  'app.groups.sealed_external_id': 'external',
  'app.groups.sealed_name': 'group',
  'app.holds.sealed_lifting': 'lifting',
  'app.holds.sealed_words': 'hold',
  'app.identities.sealed_label': 'account',
  'app.leavings.sealed_report': 'why',
  'app.log_review_items.sealed_note': { because: 'a task is there when a period has ended; test/log-reviews.test.ts looks after it' },
  'app.log_review_tasks.sealed_findings': { because: 'the same' },
  'app.log_review_tasks.sealed_plan': { because: 'the same' },
  'app.log_reviews.sealed_plan': 'screen',
  'app.lexicon.sealed_words': 'content',
  'app.matrix.sealed_reason': 'why',
  'app.matter_groups.sealed_reason': 'reason',
  'app.matters.sealed_details': 'kind',
  'app.matters.sealed_number': 'number',
  'app.matters.sealed_title': 'title',
  'app.names.sealed_name': 'party',
  'app.notices.sealed_words': 'token',
  'app.own_roots.sealed_key': { because: 'a key, as its client’s service sealed it' },
  'app.own_roots.sealed_name': 'root',
  'app.parties.sealed_details': 'party',
  'app.passkeys.sealed_name': 'passkey',
  'app.people.sealed_directory': 'external',
  'app.people.sealed_email': 'email',
  'app.people.sealed_name': 'person',
  'app.people.sealed_totp': { because: 'random bytes that the program makes' },
  'app.probes.sealed_words': {
    because: 'the names of two people and of routes; a probe takes minutes, and test/probe-leaks.test.ts looks after it',
  },
  'app.receiver_cursors.sealed_fault': { because: 'a sentence of ours, and the system’s code of what broke' },
  'app.receiver_settings.sealed_reason': 'why',
  'app.receiver_settings.sealed_settings': 'watch',
  'app.receivers.sealed_name': 'watch',
  'app.recipient_addresses.sealed_address': 'recipient',
  'app.recipients.sealed_details': 'recipient',
  'app.register.sealed_card': 'title',
  'app.requests.sealed_review': 'asked',
  'app.requests.sealed_words': 'asked',
  'app.roles.sealed_name': 'role',
  'app.roles.sealed_words': 'role',
  'app.saved_searches.sealed_name': 'kept',
  'app.saved_searches.sealed_words': 'query',
  'app.sessions.sealed_label': 'token',
  'app.sessions.sealed_place': { because: 'an address of the network, and the names of a browser and a system' },
  'app.settings.sealed_reason': 'why',
  'app.settings.sealed_value': 'secret',
  'app.standings.sealed_details': 'recipient',
  'app.team_members.sealed_reason': 'reason',
  'app.terms.sealed_card': 'about',
  'app.texts.sealed_text': 'content',
  'app.thumbnails.sealed_picture': { because: 'a picture: what is written on it are dots' },
  'app.uploads.sealed_wish': 'wish',
  'app.verifications.sealed_evidence': 'recipient',
  'app.versions.sealed_facts': { because: 'a checksum, a media type and kinds of data, each out of a table of ours' },
  'app.versions.sealed_reason': 'version',
  'app.versions.sealed_signature': 'signature',
  'app.wall_certifications.sealed_words': 'memorandum',
  'app.wall_notes.sealed_words': 'screen',
  'app.walls.sealed_seen': { because: 'ids, deeds and moments of what was opened before, and no word' },
  'app.walls.sealed_words': 'screen',
  'ledger.entries.sealed_details': 'reason',
  'ledger.origins.sealed_origin': { because: 'an address of the network, the names of a browser and a system, and an id' },
}

/** All sealed columns of this database, as `schema.table.column`. */
export const sealedColumns = async (db: Db): Promise<string[]> =>
  (
    await db.rows<{ name: string }>(
      `select concat_ws('.', table_schema, table_name, column_name) as name from information_schema.columns
       where table_schema in ('app', 'ledger', 'ops') and column_name like 'sealed\\_%' order by 1`,
    )
  ).map((row) => row.name)

/** What stands in a sealed column, opened with whatever key of the firm opens it; null: none does. As the superuser. */
export async function openedIn(house: House, db: Db, name: string): Promise<(string | null)[]> {
  const [schema, table, column] = name.split('.') as [string, string, string]
  const matters = await db.rows<{ id: MatterId }>('select id from app.matters')
  const opened = await keysOfMatters(
    house,
    db,
    matters.map((one) => one.id),
  )
  const index = INDEX[name]
  if (index) return indexedIn(db, opened, name, index)
  const keys = [house.keys.field, ...[...opened.values()].map((one) => one.field)]
  const rows = await db.rows<Record<string, unknown>>(`select * from ${schema}.${table} where ${column} is not null`)
  return rows.map((row) => {
    const sealed = row[column] as Buffer
    // the place of a value names its row by one column, or by two
    const words = Object.values(row).flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []))
    const names = [...words, ...words.flatMap((one) => words.map((other) => `${one} ${other}`))]
    for (const key of keys) {
      for (const row of names) {
        try {
          return openField(key, { table: `${schema}.${table}`, column, row }, sealed).toString()
        } catch {
          // another key, or another name
        }
      }
    }
    return null
  })
}

type IndexRow = { matter_id: MatterId; version_id: string; wrapped_key: Buffer; class: string; part: string; sealed: Buffer }
/** What the index seals with keys of its own. */
const INDEX: Record<string, (keys: MatterKeys, row: IndexRow) => string> = {
  'app.texts.sealed_text': (keys, row) =>
    openKeptText(textKeyOf(versionKey(keys, row.version_id, row.wrapped_key)), row.version_id, row.sealed).text,
  'app.terms.sealed_card': (keys, row) => JSON.stringify(openCard(searchKeysOf(keys).cards, row.version_id, row.sealed).facts),
  'app.lexicon.sealed_words': (keys, row) => openWords(searchKeysOf(keys).words, row.matter_id, row.class, row.part, row.sealed).join(' '),
}
async function indexedIn(db: Db, opened: ReadonlyMap<string, MatterKeys>, name: string, open: (keys: MatterKeys, row: IndexRow) => string) {
  const [schema, table, column] = name.split('.')
  const joined = table === 'lexicon' ? '' : 'join app.versions v on v.id = t.version_id'
  const more = table === 'lexicon' ? '' : ', v.wrapped_key'
  const rows = await db.rows<IndexRow>(
    `select t.*, t.${column} as sealed${more} from ${schema}.${table} t ${joined} where t.${column} is not null`,
  )
  return rows.map((row) => open(opened.get(row.matter_id)!, row))
}
