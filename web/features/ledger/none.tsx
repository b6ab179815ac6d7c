import { Button } from '@mantine/core'
import { Empty } from '../../ui/empty.tsx'

/** In the place of entries, where there are none. */
export const None = ({ narrowed, clear }: { narrowed: boolean; clear: () => void }) => (
  <Empty
    title={narrowed ? 'No entry that you may see answers to that' : 'Nothing yet'}
    act={narrowed && <Button onClick={clear}>Show all</Button>}
  >
    {narrowed ? 'Ask for less at once, or for a longer time.' : 'The first entry stands here as soon as something is done.'}
  </Empty>
)
