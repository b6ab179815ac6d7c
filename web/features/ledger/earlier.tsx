import { Button } from '@mantine/core'

type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }

/** Below a list of entries, while there are more. */
export const Earlier = ({ of }: { of: Paged }) =>
  of.hasNextPage && (
    <div className="more">
      <Button loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        Show earlier entries
      </Button>
    </div>
  )
