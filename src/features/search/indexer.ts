import type { MatterId } from '../../contract/ids.ts'
import { throwAll } from '../../platform/faults.ts'
import type { House } from '../../platform/house.ts'
import { Rounds } from '../../platform/rounds.ts'
import { keysWhereHeld } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { firmText } from '../keys/firm-words.ts'
import { endDue, putOff, takeDue, type Due } from './due.ts'
import { gather } from './gathering.ts'
import { indexVersions, JOB, type Indexer } from './indexing.ts'
import { languagesOf } from './languages.ts'
import { matterTokens } from './making.ts'
import { openMaker } from './maker.ts'
import { readLetters } from './letters.ts'
import { searchKeysOf } from '../keys/search-keys.ts'

/** Taken at a time, and of one matter put into one transaction. */
const MOST = 200
/** Matters that are worked on at once: one waits for the disk or PostgreSQL while the other's words are taken apart. */
const AT_ONCE = 2

/** Makes what changes findable, within seconds; and beside it, seldomer, reads the letters of scans. */
export function openIndexer(house: House): Rounds[] {
  const maker = openMaker()
  let isFirst = true
  const run = async (goesOn: () => boolean) => {
    if (isFirst) await house.clerk({ name: JOB }, (db) => db.run('select hidden.take_back_indexing()'))
    isFirst = false
    await indexDue({ house, maker, languages: await languagesOf(house) }, goesOn)
    if (!goesOn()) await maker.close()
  }
  const words = new Rounds(1_000, run, { log: house.log, fault: 'couldn’t index what has changed' })
  const letters = new Rounds(5_000, (goesOn) => readLetters(house, goesOn), { log: house.log, fault: 'couldn’t read the letters of scans' })
  return [words, letters]
}

/** All that is due when it begins, unless it is told to stop. @throws what kept one from it; the others are done */
export async function indexDue(indexer: Indexer, goesOn: () => boolean = () => true): Promise<void> {
  const faults: unknown[] = []
  while (goesOn()) {
    const due = await indexer.house.clerk({ name: JOB }, (db) => takeDue(db, MOST, false))
    const matters = [...Map.groupBy(due, (one) => one.matter_id)]
    const next = matters.values()
    const work = async () => {
      for (const [matter, its] of next)
        if (goesOn()) await indexMatter(indexer, matter, its, goesOn).catch((fault: unknown) => faults.push(fault))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    if (due.length < MOST) break
  }
  throwAll(faults, 'some could not be indexed')
}

async function indexMatter(indexer: Indexer, matter: MatterId, due: readonly Due[], goesOn: () => boolean): Promise<void> {
  const { house, languages } = indexer
  const of = (kind: Due['kind']) => due.filter((one) => one.kind === kind)
  if (of('matter').length > 0) await indexOwnWords(house, matter, of('matter'), languages)
  const versions = of('version')
  if (versions.length > 0)
    await indexVersions(indexer, matter, versions).catch(async (fault: unknown) => {
      // one that cannot be done keeps no other from it
      if (versions.length > 1) for (const one of versions) await indexVersions(indexer, matter, [one]).catch(later(house, matter, one))
      else await later(house, matter, versions[0]!)(fault)
    })
  for (const one of of('lexicon')) await gather(house, matter, one, goesOn)
}

const later = (house: House, matter: MatterId, one: Due) => async (fault: unknown) => {
  house.log.error(`couldn’t index a document of matter ${matter}; it is tried again later`, fault)
  await house.clerk({ name: JOB, matter }, (db) => putOff(db, one.kind, [one.subject]))
}

type Own = {
  sealed_number: Buffer
  sealed_title: Buffer
  client_id: string
  client_name: Buffer
  parties: string[]
  party_details: Buffer[]
}
async function indexOwnWords(house: House, matter: MatterId, due: readonly Due[], languages: Indexer['languages']): Promise<void> {
  await house.clerk({ name: JOB, matter }, async (db) => {
    const keys = await keysWhereHeld(house, db, matter)
    if (!keys) return putOff(db, 'matter', [matter])
    const row = await db.row<Own>('select * from hidden.matter_to_index()')
    if (row) {
      const parties = row.parties.map((id, at) => {
        const { name, formerNames, aliases } = JSON.parse(
          matterText(keys, 'parties', 'sealed_details', id, row.party_details[at]!),
        ) as Party
        return [name, ...formerNames, ...aliases].join(' ')
      })
      const texts = [
        matterText(keys, 'matters', 'sealed_number', matter, row.sealed_number),
        matterText(keys, 'matters', 'sealed_title', matter, row.sealed_title),
        firmText(house.keys, 'clients', 'sealed_name', row.client_id, row.client_name),
        ...parties,
      ]
      await db.run('select hidden.keep_matter_terms($1)', [matterTokens(searchKeysOf(keys).terms, texts, languages)])
    }
    await endDue(db, 'matter', due)
  })
}
type Party = { name: string; formerNames: string[]; aliases: string[] }
