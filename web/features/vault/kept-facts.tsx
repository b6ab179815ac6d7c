import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@mantine/core'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { KeptView } from '../../../src/contract/storage.ts'
import { ask } from '../../lib/ask.ts'
import { bytes, fullTime, inFours } from '../../lib/format.ts'
import { KeyLines } from '../../ui/key-lines.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'

/** Where a file is kept, under which key, since when; asked for when someone wants to see it. */
export function KeptFacts({ document: { id, version } }: { document: DocumentView }) {
  const [shown, setShown] = useState(false)
  const kept = useQuery({
    queryKey: ['kept', id, version],
    queryFn: ({ signal }) => ask('document.kept', { params: { document: id }, query: { version }, signal }),
    enabled: shown,
  })
  if (!shown)
    return (
      <div>
        <Button onClick={() => setShown(true)}>Where it is kept</Button>
      </div>
    )
  if (kept.isPending) return <Lines count={4} />
  if (!kept.data) return <Fault fault={kept.error} retry={() => void kept.refetch()} />
  return <KeyLines of={factsOf(kept.data)} label="Where it is kept" />
}

const factsOf = (kept: KeptView): [string, React.ReactNode][] => [
  [
    'Kept',
    `${kept.store.kind === 'disk' ? 'On the disk of the server' : `In the bucket ${kept.store.label}`}, since ${fullTime(kept.since)}`,
  ],
  ['As', <span className="hash">{kept.blob}</span>],
  ['Size', `${bytes(kept.size)}, sealed ${bytes(kept.sealedSize)}`],
  ['Cipher', kept.cipher],
  ['Key', keyWords(kept)],
  ['Keyed checksum', <span className="hash">{inFours(kept.checksum)}</span>],
  ['Checked', checked(kept)],
  ['Backup', kept.backupAt ? `In the one of ${fullTime(kept.backupAt)}` : 'In none that is known here'],
]

const keyWords = ({ key: { version, since, own } }: KeptView): string =>
  `Its own, under version ${version} of the matter’s key, since ${fullTime(since)}${own ? `; that under the client’s key ${own} and the firm’s` : ''}`

function checked({ checkedAt, goodAt, brokenAt }: KeptView): string {
  if (brokenAt) return `Not as it came in, found ${fullTime(brokenAt)}${goodAt ? `; last found whole ${fullTime(goodAt)}` : ''}`
  return checkedAt ? `Found whole ${fullTime(checkedAt)}` : 'Not yet since it came in'
}
