import { Panel } from '../../ui/panel.tsx'
import type { CheckPage, HitView } from './api.ts'
import { MatterLink } from './matter-link.tsx'
import { FORM, HOW, likeness, ROLE, whyWords } from './words.tsx'

type Props = { check: CheckPage; reach: Set<string>; /** The reader decides conflicts and sees the whole register. */ wholeFirm: boolean }

/** What was found for each name, the likest first, each with why. */
export function Hits({ check, reach, wholeFirm }: Props) {
  const groups = [...Map.groupBy(check.hits, (hit) => hit.asked)]
  const without = check.names.filter((name) => !groups.some(([asked]) => asked === name))
  return (
    <Panel id="hits" title={wholeFirm ? 'Found in the register' : 'Found within your reach'}>
      {groups.map(([asked, hits]) => (
        <div key={asked} className="asked">
          <h3>{asked}</h3>
          <ul>
            {hits
              .toSorted((a, b) => b.score - a.score)
              .map((hit) => (
                <Hit key={hit.id} hit={hit} inReach={hit.matter !== null && reach.has(hit.matter.id)} />
              ))}
          </ul>
        </div>
      ))}
      {(without.length > 0 || groups.length === 0) && (
        <p className="body soft">
          {wholeFirm ? 'No name in the register is like' : 'No name within your reach is like'} {orOf(without, groups.length > 0)}.
        </p>
      )}
    </Panel>
  )
}

/** The names themselves, while they can be read in a sentence. */
function orOf(names: readonly string[], others: boolean): string {
  if (names.length > 0 && names.length <= 5) return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names)
  return others ? 'any of the others' : 'any of these'
}

function Hit({ hit, inReach }: { hit: HitView; inReach: boolean }) {
  return (
    <li className="hit">
      <div className="score">
        <b>{hit.score.toFixed(2)}</b>
        <span className="meta">{likeness(hit.score)}</span>
      </div>
      <div>
        <p>
          <b>{hit.name}</b>
          {FORM[hit.form] && <span className="meta"> {FORM[hit.form]}</span>}
        </p>
        <ul className="meta">
          {hit.why.map((why, index) => (
            <li key={index}>
              {HOW[why.how]}
              {why.words && `: ${whyWords(why)}`}
            </li>
          ))}
        </ul>
      </div>
      <div className="where">
        <p>
          {ROLE[hit.role]}
          {hit.matter && (
            <>
              {' in '}
              <MatterLink of={hit.matter} inReach={inReach} />
            </>
          )}
        </p>
        {hit.client && <p className="meta">{hit.role === 'client' ? hit.client : `Client: ${hit.client}`}</p>}
      </div>
    </li>
  )
}
