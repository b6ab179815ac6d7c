import { Button } from '@mantine/core'
import { Link, useSearchParams } from 'react-router'
import { useState } from 'react'
import type { MatrixView } from '../../../src/contract/matrix.ts'
import { useAct } from '../../app/acts.ts'
import { fullTime } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Fact } from '../../ui/fact.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useMe } from '../session/api.ts'
import { useMatrix } from './api.ts'
import { ChangeMatrix } from './change-matrix.tsx'
import { DataTypes } from './data-types.tsx'
import { HandlingTable } from './handling-table.tsx'
import { Versions } from './versions.tsx'

/** What each class means in practice. */
export function HandlingPage() {
  const may = useMe().data?.may
  return may?.includes('matrix.read') ? <Reading /> : <Nothing />
}

function Reading() {
  useSection('Handling')
  const asked = useSearchParams()[0].get('version')
  const version = asked !== null && /^\d{1,9}$/.test(asked) ? Number(asked) : undefined
  const now = useMatrix()
  const older = useMatrix(version, version !== undefined)
  const wanted = version === undefined ? now : older
  return (
    <div className="page handling">
      <h1 className="title">Handling</h1>
      {wanted.isPending && <Lines />}
      {wanted.error && !wanted.data && <Fault fault={wanted.error} retry={() => void wanted.refetch()} />}
      {wanted.data && version === undefined && <Now view={wanted.data} />}
      {wanted.data && version !== undefined && <Older view={wanted.data} now={now.data ?? null} />}
      {wanted.data && <Versions shown={wanted.data.version} />}
    </div>
  )
}

function Now({ view }: { view: MatrixView }) {
  const [changing, setChanging] = useState(false)
  const mayChange = view.may.change
  useAct(mayChange && !changing, 'Change how classes are handled', () => setChanging(true))
  if (changing) return <ChangeMatrix view={view} onDone={() => setChanging(false)} />
  return (
    <>
      <div className="row spread wrap">
        <p className="soft lead4">
          What each class of confidentiality means in practice. The stricter of a client’s, a matter’s and a document’s class holds, and
          whatever is tied to a matter is at least Confidential.
        </p>
        {mayChange && <Button onClick={() => setChanging(true)}>Change</Button>}
      </div>
      <HandlingTable matrix={view.matrix} />
      <DataTypes matrix={view.matrix} />
      <p className="meta">
        {view.version === 0 || !view.setAt
          ? 'As it comes. Nobody has changed it.'
          : `Version ${view.version}, set by ${view.setBy ?? 'someone'} on ${fullTime(view.setAt)}.`}
        {view.reason && ` Reason: ${view.reason}`}
      </p>
    </>
  )
}

function Older({ view, now }: { view: MatrixView; now: MatrixView | null }) {
  const isNow = now?.version === view.version
  return (
    <>
      <Fact>
        <div className="row spread wrap">
          <p>
            {view.version === 0 ? 'This is the matrix as it came.' : `This is version ${view.version}.`}{' '}
            {isNow ? 'It holds now.' : 'It holds no more; where it differs from today, today’s words stand below.'}
          </p>
          <Link to="/handling">Read the one that holds now</Link>
        </div>
      </Fact>
      <HandlingTable matrix={view.matrix} today={now?.matrix} />
      <DataTypes matrix={view.matrix} today={now?.matrix} />
      {view.setAt && (
        <p className="meta">
          Set by {view.setBy ?? 'someone'} on {fullTime(view.setAt)}.{view.reason && ` Reason: ${view.reason}`}
        </p>
      )}
    </>
  )
}
