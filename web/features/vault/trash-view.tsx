import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { DocumentId } from '../../../src/contract/ids.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { count, shortName } from '../../lib/format.ts'
import { Class } from '../../ui/class.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { When } from '../../ui/values.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { useIsAsked } from '../destruction/api.ts'
import { DestroyButton } from '../destruction/chosen-acts.tsx'
import { Destroy } from '../destruction/destroy.tsx'
import { HeldMark } from '../destruction/held-mark.tsx'
import { useIsHeld } from '../destruction/held.ts'
import { useHere } from '../matters/matter-page.tsx'
import { useMe } from '../session/api.ts'
import { files } from './filing-words.ts'
import { restoreDocuments, type Trashed, useTrash } from './filing.ts'
import { isHeld, scanMark } from './scan-words.ts'
import { useTry } from './try.ts'

const AT_ONCE = 200

/** What is in the trash of a matter, newest first. */
export function TrashView({ matter, mayFile }: { matter: MatterPage; mayFile: boolean }) {
  const trash = useTrash(matter.id)
  const { filter, clearFilter } = useHere()
  const wanted = filter.trim().toLowerCase()
  const found = trash.data?.filter(({ folder, name }) => `${folder}/${name}`.toLowerCase().includes(wanted)) ?? []
  const back = (
    <Link className="tool" to={`/matters/${matter.id}`}>
      <IconArrowLeft {...line} />
      Files
    </Link>
  )
  return (
    <>
      <div className="listtools">
        {back}
        <h2 className="sub">Trash</h2>
        {trash.data && trash.data.length > 0 && <span className="meta">{files(trash.data.length)}</span>}
      </div>
      {trash.isPending && <Lines count={6} />}
      {trash.error && !trash.data && <Fault fault={trash.error} retry={() => void trash.refetch()} />}
      {trash.data?.length === 0 && (
        <Empty title="Nothing is in the trash">What is put into the trash of this matter stands here until it is restored.</Empty>
      )}
      {trash.data && trash.data.length > 0 && found.length === 0 && (
        <Empty title="No file in the trash has that in its name" act={<Button onClick={clearFilter}>Show all of the trash</Button>} />
      )}
      {found.length > 0 && <List matter={matter} documents={found} isAll={found.length === trash.data!.length} mayFile={mayFile} />}
    </>
  )
}

type Props = { matter: MatterPage; documents: Trashed[]; /** Nothing of the trash is left out. */ isAll: boolean; mayFile: boolean }

function List({ matter, documents, isAll, mayFile }: Props) {
  const [shown, setShown] = useState(AT_ONCE)
  const { attempt, busy, wrong } = useTry()
  const mayDestroy = (useMe().data?.may.includes('document.destroy') ?? false) && matter.status !== 'closed'
  const [doomed, setDoomed] = useState<DocumentId[] | null>(null)
  const [emptying, setEmptying] = useState(false)
  const isKept = useIsHeld(matter.id)
  const isAsked = useIsAsked(matter.id)
  const held = documents.filter(({ id }) => isKept(id)).length
  const free = documents.filter(({ id }) => !isKept(id) && !isAsked(id)).map(({ id }) => id)
  const restore = async (ids: DocumentId[]) => {
    if (await attempt(() => restoreDocuments(matter.id, ids))) notifications.show({ message: `${files(ids.length)} restored.` })
  }
  return (
    <>
      {wrong && (
        <div className="listwrong">
          <Wrong>{wrong}</Wrong>
        </div>
      )}
      <table className="table files trash">
        <TableHead
          columns={[
            'Name',
            { title: 'Class', className: 'hide-s' },
            { title: 'Put there', className: 'hide-s' },
            { title: 'By', className: 'hide-s' },
            { title: 'Acts', unseen: true },
          ]}
        />
        <tbody>
          {documents.slice(0, shown).map((document) => (
            <tr key={document.id}>
              <th scope="row">
                <span className="name">
                  <span className="was" title={document.name}>
                    {document.name}
                  </span>
                  <HeldMark of={document} />
                  {isHeld(document.scan) && <span className="tagmark wait">{scanMark(document.scan)}</span>}
                </span>
                <span className="meta was">{document.folder ? `from ${document.folder}` : 'from no folder'}</span>
              </th>
              <td className="hide-s">
                <Class of={document.class} />
              </td>
              <td className="hide-s">
                <When at={document.trashedAt} />
              </td>
              <td className="dim hide-s nowrap" title={document.trashedBy.name}>
                {shortName(document.trashedBy.name)}
              </td>
              <td className="num">
                <span className="does">
                  {mayFile && (
                    <Button size="xs" disabled={busy} onClick={() => void restore([document.id])}>
                      Restore<span className="vh"> {document.name}</span>
                    </Button>
                  )}
                  {mayDestroy && (
                    <DestroyButton
                      ids={[document.id]}
                      matter={matter.id}
                      onDestroy={() => setDoomed([document.id])}
                      name="Destroy…"
                      of={document.name}
                    />
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row wrap listend">
        {documents.length > shown && (
          <Button size="xs" onClick={() => setShown(shown + AT_ONCE)}>
            Show more; {count(documents.length - shown)} are left
          </Button>
        )}
        {mayFile && documents.length > 1 && (
          <Button size="xs" disabled={busy} onClick={() => void restore(documents.map(({ id }) => id))}>
            Restore {isAll ? 'all' : 'these'} {count(documents.length)}
          </Button>
        )}
        {mayDestroy && isAll && free.length > 0 && (
          <Button size="xs" onClick={() => setEmptying(true)}>
            Empty the trash…
          </Button>
        )}
        {mayDestroy && isAll && free.length === 0 && (
          <span className="meta">
            {held === documents.length ? 'All of it is on hold and kept' : 'All of it is on hold or waits for a second person'}
          </span>
        )}
      </div>
      <Destroy matter={matter.id} documents={doomed ?? []} opened={doomed !== null} onClose={() => setDoomed(null)} />
      <Destroy
        matter={matter.id}
        documents={free}
        trash={{ held, asked: documents.length - free.length - held }}
        opened={emptying}
        onClose={() => setEmptying(false)}
      />
    </>
  )
}
