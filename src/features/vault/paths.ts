import type { MatterId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { exactToken } from '../../core/tokens.ts'
import { now } from '../../platform/clock.ts'
import { askedOnce, type Db } from '../../platform/postgres.ts'
import type { Here } from '../../platform/route.ts'
import type { MatterKeys } from '../keys/matter-keys.ts'
import { sealMatterText } from '../keys/matter-words.ts'
import { folderByName, insertFolder } from './queries.ts'

export const nameToken = (keys: MatterKeys, name: string): Buffer => exactToken(keys.token, 'name', name)
const namesOf = (path: string): string[] => (path === '' ? [] : path.split('/'))
/** `a/b` as `['a', 'b']`, `b` as `['', 'b']`. */
export const splitPath = (path: string): [above: string, name: string] => {
  const at = path.lastIndexOf('/')
  return [path.slice(0, Math.max(at, 0)), path.slice(at + 1)]
}

/** The folder that stands at a path; null for the matter's own floor, undefined when there is none. */
export async function folderAt(db: Db, matter: MatterId, keys: MatterKeys, path: string): Promise<string | null | undefined> {
  let folder: string | null = null
  for (const name of namesOf(path)) {
    const row: { id: string } | null = await folderByName(db, matter, folder, nameToken(keys, name))
    if (!row) return undefined
    folder = row.id
  }
  return folder
}

/** The folder at a path, made where it is not there yet; null for the matter's own floor. */
export async function makeFolders({ db, me }: Here, matter: MatterId, keys: MatterKeys, path: string): Promise<string | null> {
  let parent: string | null = null
  for (const name of namesOf(path)) {
    const token = nameToken(keys, name)
    const [above, what] = [parent, `folder ${parent} ${token.toString('base64')}`]
    let row: { id: string } | null = await askedOnce(db, what, () => folderByName(db, matter, above, token))
    if (!row) {
      const id = uuidv7(now())
      await insertFolder(db, {
        id,
        matter,
        parent,
        sealedName: sealMatterText(keys, 'folders', 'sealed_name', id, name),
        nameToken: token,
        by: me.person,
      })
      row = await folderByName(db, matter, parent, token)
    }
    parent = row!.id
  }
  return parent
}
