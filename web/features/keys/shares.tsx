import type { SplitView } from '../../../src/contract/key.ts'
import { dateOf, fullTime } from '../../lib/format.ts'
import { Panel } from '../../ui/panel.tsx'

/** Among whom the root key was split. */
export const Shares = ({ splits }: { splits: SplitView[] }) => (
  <Panel id="keys-shares" title="Recovery shares">
    <div className="body stack">
      {splits.length === 0 && <p>The root key is not split among custodians.</p>}
      {splits.length > 0 && (
        <ul className="stack sm">
          {splits.map((one) => (
            <li key={one.set}>
              <p>
                Set <span className="hash">{one.set}</span>:{' '}
                {one.isVoid
                  ? 'void, since the root key was replaced.'
                  : `any ${one.need} of the ${one.custodians.length} shares give the root key.`}
              </p>
              <p className="meta">
                {one.isVoid ? 'Kept until then by' : 'Kept by'} {one.custodians.map(({ name }) => name).join(', ')}. {one.by} had it made on{' '}
                {fullTime(one.at)}.
              </p>
              {!one.isVoid && <Sheets of={one.custodians} />}
            </li>
          ))}
        </ul>
      )}
      <p className="meta">
        Shares are made and printed on the server: subrosa key split. When some are used, all custodians of the set are told.
      </p>
    </div>
  </Panel>
)

/** Who says that the printed sheet is in their hands, and since when. */
function Sheets({ of }: { of: SplitView['custodians'] }) {
  const isWaited = of.some(({ acknowledgedAt }) => acknowledgedAt === null)
  return (
    <ul className="meta" aria-label="Sheets">
      {of.map(({ name, acknowledgedAt }, at) => (
        <li key={at}>{acknowledgedAt ? `${name} has the sheet since ${dateOf(acknowledgedAt)}` : `${name} has not said so yet`}</li>
      ))}
      {isWaited && <li>Whoever has not said so is reminded every three days.</li>}
    </ul>
  )
}
