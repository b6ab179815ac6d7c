import type { SplitView } from '../../../src/contract/key.ts'
import { dateOf, fullTime } from '../../lib/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { State } from '../../ui/state.tsx'

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
                {one.isVoid && `Kept until then by ${one.custodians.map(({ name }) => name).join(', ')}. `}
                {one.by} had it made on {fullTime(one.at)}.
              </p>
              {!one.isVoid && <Sheets of={one.custodians} />}
            </li>
          ))}
        </ul>
      )}
      <p className="meta">
        Shares are made and printed on the server: <span className="hash">subrosa key split</span>. When some are used, all custodians of
        the set are told.
      </p>
    </div>
  </Panel>
)

/** Who says that the printed sheet is in their hands, and since when. */
function Sheets({ of }: { of: SplitView['custodians'] }) {
  const isWaited = of.some(({ acknowledgedAt }) => acknowledgedAt === null)
  return (
    <ul className="meta stack xs" aria-label="Sheets">
      {of.map(({ name, acknowledgedAt }, at) => (
        <li key={at}>
          {acknowledgedAt ? (
            <State kind="ok">
              {name} has had the sheet since {dateOf(acknowledgedAt)}
            </State>
          ) : (
            <State kind="wait">{name} has not said yet that the sheet is there</State>
          )}
        </li>
      ))}
      {isWaited && <li>Whoever has not is reminded every three days.</li>}
    </ul>
  )
}
