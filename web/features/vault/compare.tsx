import { Modal, Select } from '@mantine/core'
import { useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { VersionView } from '../../../src/contract/version.ts'
import { count, counted } from '../../lib/format.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useHandling } from '../matrix/api.ts'
import { useMe } from '../session/api.ts'
import { type Block, blocksOf } from './compare-rows.ts'
import { useCompared } from './versions.ts'
import { Watermark } from './watermark.tsx'

export type Pair = { older: number; newer: number }
type Props = { document: DocumentView; versions: readonly VersionView[]; /** Null: it is closed. */ pair: Pair | null; onClose: () => void }

/** Two versions of a text: side by side where there is room, else one after the other. */
export function CompareDialog({ document, versions, pair, onClose }: Props) {
  return (
    <Modal opened={pair !== null} onClose={onClose} title={`Compare versions of ${document.name}`} size="80rem" yOffset="4vh">
      {pair && <Chosen document={document} versions={versions} pair={pair} />}
    </Modal>
  )
}

function Chosen({ document, versions, pair }: { document: DocumentView; versions: readonly VersionView[]; pair: Pair }) {
  const [{ older, newer }, setPair] = useState(pair)
  const texts = versions.filter(({ shown }) => shown === 'text')
  const options = (fits: (number: number) => boolean) =>
    texts.filter(({ number }) => fits(number)).map(({ number, by }) => ({ value: String(number), label: `Version ${number}, ${by.name}` }))
  return (
    <div className="stack">
      <div className="comparehead">
        <Select
          label="Older"
          allowDeselect={false}
          data={options((number) => number < newer)}
          value={String(older)}
          onChange={(value) => setPair({ older: Number(value), newer })}
        />
        <Select
          label="Newer"
          allowDeselect={false}
          data={options((number) => number > older)}
          value={String(newer)}
          onChange={(value) => setPair({ older, newer: Number(value) })}
        />
      </div>
      <Laid key={`${older} ${newer}`} document={document} older={older} newer={newer} />
    </div>
  )
}

function Laid({ document, older, newer }: { document: DocumentView } & Pair) {
  const compared = useCompared(document, older, newer)
  const handling = useHandling(document.class)
  const reader = useMe().data?.name ?? ''
  if (compared.isPending) return <Lines count={8} />
  if (compared.error) return <Fault fault={compared.error} retry={() => void compared.refetch()} />
  const { added, removed } = compared.data
  if (added + removed === 0) return <p>The text is the same in both versions.</p>
  return (
    <>
      <p className="meta" role="status">
        {counted(added, 'line')} added and {count(removed)} removed from version {older} to version {newer}.
      </p>
      <div className="marked">
        <div className="compared" tabIndex={0} role="region" aria-label={`Versions ${older} and ${newer} compared`}>
          {blocksOf(compared.data).map((block, index) => (
            <BlockOf key={index} block={block} />
          ))}
        </div>
        {/* where the rule is not known, the stricter one is kept */}
        {handling?.watermark !== false && <Watermark name={reader} at={new Date(compared.dataUpdatedAt).toISOString()} />}
      </div>
    </>
  )
}

function BlockOf({ block }: { block: Block }) {
  if (block.kind === 'left')
    return <p className="leftout">{block.count === 1 ? '1 line is the same' : `${count(block.count)} lines are the same`}</p>
  const [older, newer] = block.at
  if (block.kind === 'same')
    return (
      <div className="pairof">
        <Side lines={block.lines} from={older} again />
        <Side lines={block.lines} from={newer} />
      </div>
    )
  return (
    <div className="pairof">
      <Side lines={block.older} from={older} sign="−" />
      <Side lines={block.newer} from={newer} sign="+" />
    </div>
  )
}

type SideProps = { lines: string[]; from: number; sign?: '+' | '−'; /** The same lines stand at its right. */ again?: boolean }

function Side({ lines, from, sign, again = false }: SideProps) {
  const Text = sign === '+' ? 'ins' : sign === '−' ? 'del' : 'span'
  return (
    <div className={`laid${again ? ' again' : ''}`} data-sign={sign} aria-hidden={again || undefined}>
      {sign && lines.length > 0 && <span className="vh">{sign === '+' ? 'Added:' : 'Removed:'}</span>}
      {lines.map((text, index) => (
        <div key={index} className="lineof">
          <span className="no" aria-hidden="true">
            {from + index}
          </span>
          <span className="sign" aria-hidden="true">
            {sign}
          </span>
          <Text>{text || ' '}</Text>
        </div>
      ))}
    </div>
  )
}
