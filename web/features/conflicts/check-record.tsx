import type { Me } from '../../../src/contract/session.ts'
import { fullTime } from '../../lib/format.ts'
import { Mark } from '../../ui/mark.tsx'
import type { CheckPage } from './api.ts'
import { CAUSE, decisionOf, FORM, HOW, ROLE } from './words.tsx'

const now = () => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' }).format()

/** A decided check on paper; it is not on the screen. */
export function CheckRecord({ check, me }: { check: CheckPage; me: Me }) {
  return (
    <article className="sheet record printed">
      <div className="row">
        <Mark size={22} />
        <span className="small">{me.firm}</span>
      </div>
      <h2>Record of a conflicts check</h2>
      <dl className="kv">
        <dt>Names</dt>
        <dd>{check.names.join(' · ')}</dd>
        {check.matter && (
          <>
            <dt>Matter</dt>
            <dd>
              <i>{check.matter.title}</i>, {check.matter.number}
            </dd>
          </>
        )}
        <dt>Asked by</dt>
        <dd>
          {check.askedBy ?? 'The register, by itself'}, {fullTime(check.at)} ({CAUSE[check.cause].toLowerCase()})
        </dd>
        {check.note && (
          <>
            <dt>Note</dt>
            <dd className="asis">{check.note}</dd>
          </>
        )}
        <dt>Decision</dt>
        <dd>
          <b>{decisionOf(check.state)}</b>
          {check.decidedBy && `, ${check.decidedBy}`}
          {check.decidedAt && `, ${fullTime(check.decidedAt)}`}
        </dd>
        <dt>Reasoning</dt>
        <dd className="asis">{check.reasoning}</dd>
        {check.waiver && (
          <>
            <dt>Consent</dt>
            <dd className="asis">{check.waiver}</dd>
          </>
        )}
      </dl>
      <h3>What was found</h3>
      {check.hits.length === 0 ? <p>No name was found.</p> : <Found check={check} />}
      <p className="small">
        Printed by {me.name} on {now()}. It shows what {me.name} may see. Check {check.id}.
      </p>
    </article>
  )
}

const Found = ({ check }: { check: CheckPage }) => (
  <table>
    <thead>
      <tr>
        <th>Asked</th>
        <th>In the register</th>
        <th>Why</th>
        <th>Where</th>
        <th>Likeness</th>
      </tr>
    </thead>
    <tbody>
      {check.hits.map((hit) => (
        <tr key={hit.id}>
          <td>{hit.asked}</td>
          <td>
            {hit.name}
            {FORM[hit.form] && ` (${FORM[hit.form]})`}
          </td>
          <td>{hit.why.map((why) => (why.words ? `${HOW[why.how]}: ${why.words}` : HOW[why.how])).join('; ')}</td>
          <td>
            {ROLE[hit.role]}
            {hit.matter && (
              <>
                , <i>{hit.matter.title}</i>, {hit.matter.number}
              </>
            )}
            {hit.client && `, for ${hit.client}`}
          </td>
          <td>{hit.score.toFixed(2)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
