import { Button } from '@mantine/core'
import { Cite } from '../../ui/cite.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useHere } from '../matters/matter-page.tsx'

/** A matter without any file: what will stand here. */
export function NoFiles() {
  const { matter, addFiles, addFolder } = useHere()
  return (
    <Empty
      title="No file is in this matter yet"
      act={
        matter.may.upload && (
          <div className="row wrap">
            <Button variant={matter.status === 'intake' ? 'default' : 'filled'} onClick={addFiles}>
              Add the first files
            </Button>
            <Button onClick={addFolder}>Add a folder</Button>
          </div>
        )
      }
    >
      {matter.may.upload ? (
        <>
          Drop files or a whole folder anywhere on this page. They are sealed under the key of <Cite>{matter.title}</Cite> alone.
        </>
      ) : matter.status === 'closed' ? (
        'The matter is closed, and nothing is added to it.'
      ) : (
        'What the team adds will stand here.'
      )}
    </Empty>
  )
}
