import { queries } from '../../app/queries.ts'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { ask } from '../../lib/ask.ts'
import { keepInList, setList } from './api.ts'

/** Contents are sealed anew while one waits: so few at a time that one sees it go on. */
const AT_ONCE = 20
const BYTES_AT_ONCE = 64 * 1024 * 1024

export type TransferWish = { to: MatterId; folder: string; copy: boolean; reason: string }

/**
 * Moves or copies documents into another matter, some at a time; each time all or none. `onDone` tells of those that are there.
 * Rejects with `Refused` at the first time that is refused; what went before stays done.
 */
export async function transferDocuments(
  from: MatterId,
  documents: readonly DocumentView[],
  wish: TransferWish,
  onDone: (ids: DocumentId[]) => void,
): Promise<void> {
  for (const turn of turns(documents)) {
    const ids = turn.map(({ id }) => id)
    const there = await ask('document.transfer', { params: { matter: from }, body: { documents: ids, ...wish } })
    const gone = new Set(ids)
    setList(from, (known) => (wish.copy ? known : known.filter(({ id }) => !gone.has(id))))
    keepInList(wish.to, there.documents)
    for (const matter of [from, wish.to]) void queries.invalidateQueries({ queryKey: ['folders', matter] })
    onDone(ids)
  }
}

function turns(documents: readonly DocumentView[]): DocumentView[][] {
  const all: DocumentView[][] = []
  let bytes = 0
  for (const document of documents) {
    const last = all.at(-1)
    if (last && last.length < AT_ONCE && bytes + document.size <= BYTES_AT_ONCE) last.push(document)
    else {
      all.push([document])
      bytes = 0
    }
    bytes += document.size
  }
  return all
}
