import type { MatterId, UploadId } from '../../contract/ids.ts'
import type { Answer, Ask, Here } from '../../platform/route.ts'
import { receive } from './receiving.ts'
import { isDone } from './refused.ts'
import type { Wish } from './tus.ts'
import { add, checkFree } from './upload.ts'
import { addVersion, checkBase } from './versions.ts'

/** What an upload in parts may become: a document, or the next version of one. Both are asked for before any byte, and by the act. */
export const isPossible = async (here: Here, matter: MatterId, { folder, name, into }: Wish): Promise<boolean> =>
  into ? (await checkBase(here, into.document, into.from, matter)) !== null : checkFree(here, matter, folder, name)

/** Before each part of a version: whether it would be taken if it were whole. What has arrived stays. @throws Refusal as `version.create` */
export const stillFits = async (ask: Ask, matter: MatterId, wish: Wish): Promise<boolean> =>
  !wish.into || ask.look((here) => isPossible(here, matter, wish))

/** What an entry says of it; of a version no name, which is for the document's own readers. */
export const saidOf = ({ name, folder, into }: Wish): Record<string, string> =>
  into ? { object: 'a new version' } : { object: name, folder }

export type Made = Pick<Answer<'version.create'>, 'id' | 'read' | 'raised' | 'suggested'>

/** Makes of what has arrived what it was begun for; null when the wall has come between. @throws Refusal as `document.upload`, `version.create` */
export async function become(
  ask: Ask,
  { id, matter, wish }: { id: UploadId; matter: MatterId; wish: Wish },
  bytes: AsyncIterable<Buffer>,
): Promise<Made | null> {
  const { into } = wish
  const name = into ? await ask.look((here) => checkBase(here, into.document, into.from, matter)) : wish.name
  if (name === null) return null
  return receive(ask, name, bytes, (received) =>
    ask.act<Made>(into ? 'version.added' : 'document.added', async (here) => {
      const done = into
        ? await addVersion(here, into.document, into, received)
        : await add(here, matter, { folder: wish.folder, name, label: wish.class, received })
      return done && (await isDone(here.db, 'finish_upload($1, $2)', [id, done.value.id])) ? done : null
    }),
  )
}
