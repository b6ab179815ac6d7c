import { act, inPerson, look, may, own, sensitive, type Answer, type Here, type Route } from '../../platform/route.ts'
import { iso } from '../../platform/clock.ts'
import { remembered } from '../../platform/ways.ts'
import { witnessed } from './cosigned.ts'
import * as entries from './entries.ts'
import { exportEntries } from './export.ts'
import { reading } from './read-once.ts'
import { logAt } from './epochs.ts'
import { lastCheckpoint } from './queries.ts'
import { treeRoutes } from './tree-routes.ts'

export const routes: Route[] = [
  reading('entry.list', may('entry.list'), ({ params }) => ({ matter: params.matter }), entries.ofMatter),
  reading('entry.all', may('ledger.read'), () => ({}), entries.ofFirm),
  reading('entry.read', entries.seesEntries, () => ({}), entries.one),
  reading('entry.of-document', may('entry.list'), ({ params }) => ({ object: params.document }), entries.ofDocument),
  reading('entry.of-person', entries.seesPeople, ({ params }) => ({ object: params.person }), entries.ofPerson),
  // it leaves the firm's hands: asked for in person, with a factor proved just now
  own('entry.export', sensitive('ledger.read'), exportEntries),
  look('checkpoint.latest', may('ledger.read'), latest),
  ...treeRoutes,
  act(
    'clock.confirm',
    (me) => (inPerson(me), may('clock.confirm')(me)),
    'clock.confirmed',
    async () => remembered({ details: {} }, undefined),
  ),
]

async function latest({ db }: Here): Promise<Answer<'checkpoint.latest'> | null> {
  const row = await lastCheckpoint(db)
  const log = row && (await logAt(db, row.size))
  if (!row || !log) return null
  const { note, size, root, signed_at: at } = row
  return {
    note,
    origin: log.origin,
    size,
    root: root.toString('base64'),
    at: iso(at),
    key: log.vkey,
    first: log.first,
    epochs: log.later.map((epoch) => ({ number: epoch.n, after: epoch.size, at: epoch.at, key: epoch.vkey, why: epoch.why })),
    witnessed: await witnessed(db),
  }
}
