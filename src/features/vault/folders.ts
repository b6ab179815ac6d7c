import type { MatterId } from '../../contract/ids.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { sealMatterText } from '../keys/matter-words.ts'
import { pathsOf } from './documents.ts'
import { folderAt, makeFolders, nameToken, splitPath } from './paths.ts'
import { foldersOf } from './queries.ts'
import { isDone, refuse } from './refused.ts'
import { takeMatter } from './taking.ts'

const DEEPEST = 32
const isThere = (cause?: unknown) => new Refusal('name.taken', { text: 'A folder of that name stands there already.', cause })

export async function list(here: Here, { params }: Input<'folder.list'>): Promise<Answer<'folder.list'> | null> {
  const keys = await matterKeys(here.house, here.db, params.matter)
  return keys && { folders: await livePaths(here, params.matter, keys) }
}

/** @throws Refusal `name.taken`, `matter.closed` */
export async function create(here: Here, { params, body: { path } }: Input<'folder.create'>) {
  const keys = await takeMatter(here, params.matter)
  if (!keys) return null
  if ((await folderAt(here.db, params.matter, keys, path)) !== undefined) throw isThere()
  const id = (await makeFolders(here, params.matter, keys, path).catch(refuse))!
  return remembered({ matter: params.matter, object: id, details: { object: path } }, { path })
}

/** The folders above the new place are made. @throws Refusal `folder.inside`, `name.taken`, `name.refused`, `matter.closed` */
export async function move(here: Here, { params, body: { from, to } }: Input<'folder.move'>) {
  const keys = await takeMatter(here, params.matter)
  const id = keys && (await folderAt(here.db, params.matter, keys, from))
  if (!keys || !id) return null
  if (to.startsWith(`${from}/`)) throw new Refusal('folder.inside')
  await checkDepth(here, params.matter, keys, from, to)
  if ((await folderAt(here.db, params.matter, keys, to)) !== undefined) throw isThere()
  const [above, name] = splitPath(to)
  const parent = await makeFolders(here, params.matter, keys, above).catch(refuse)
  const sealed = sealMatterText(keys, 'folders', 'sealed_name', id, name)
  if (!(await isDone(here.db, 'move_folder($1, $2, $3, $4)', [id, parent, sealed, nameToken(keys, name)]))) return null
  return remembered({ matter: params.matter, object: id, details: { object: to, was: from } }, { path: to })
}

/** @throws Refusal `folder.full`, `matter.closed` */
export async function remove(here: Here, { params, body: { path } }: Input<'folder.remove'>) {
  const keys = await takeMatter(here, params.matter)
  const id = keys && (await folderAt(here.db, params.matter, keys, path))
  if (!id || !(await isDone(here.db, 'remove_folder($1)', [id]))) return null
  return remembered({ matter: params.matter, object: id, details: { object: path } }, undefined)
}

async function livePaths({ db }: Here, matter: MatterId, keys: MatterKeys): Promise<string[]> {
  const folders = await foldersOf(db, matter)
  const paths = pathsOf(folders, keys)
  return folders
    .filter((folder) => !folder.is_removed)
    .map((folder) => paths.get(folder.id)!)
    .sort()
}

/** What stands below follows, and a path that is too deep could not be asked for any more. */
async function checkDepth(here: Here, matter: MatterId, keys: MatterKeys, from: string, to: string): Promise<void> {
  const depth = (path: string) => path.split('/').length
  const below = (await livePaths(here, matter, keys)).filter((path) => path.startsWith(`${from}/`)).map((path) => depth(path) - depth(from))
  if (depth(to) + Math.max(0, ...below) > DEEPEST)
    throw new Refusal('name.refused', { text: `The folders would be more than ${DEEPEST} deep there.`, fields: { to: 'Too deep.' } })
}
