import { counted, fullTime } from '../../lib/format.ts'
import { State } from '../../ui/state.tsx'
import type { WallPage as Wall } from '../../../src/contract/wall.ts'
import { Certifications } from './certifications.tsx'
import { Notes } from './notes.tsx'
import { useWallHere } from './wall-page.tsx'
import { callWords } from './words.ts'

export function WallKeptTab() {
  const { wall, readAt } = useWallHere()
  return (
    <div className="wallcols even">
      <div className="stack">
        <Certifications wall={wall} readAt={readAt} />
        {wall.announced && <Acknowledgements of={wall.acknowledgements} />}
      </div>
      <div className="stack">
        <Notes wall={wall} />
        <Attempts of={wall.attempts} />
      </div>
    </div>
  )
}

const AS = { screened: 'screened', team: 'on the team' } as const

/** Who has acknowledged the memorandum; those who have not come first. */
function Acknowledgements({ of }: { of: Wall['acknowledgements'] }) {
  const open = of.filter((one) => one.acknowledgedAt === null)
  const done = of.filter((one) => one.acknowledgedAt !== null)
  return (
    <section className="panel" aria-labelledby="acknowledged">
      <header>
        <h2 className="sub" id="acknowledged">
          Memorandum acknowledged
        </h2>
        <span className="meta push">
          {done.length} of {of.length}
        </span>
      </header>
      {of.length === 0 && <p className="body soft">It is addressed to nobody yet.</p>}
      <ul className="facts">
        {[...open, ...done].map((one) => (
          <li key={`${one.person.id}${one.as}`} className="row wrap does">
            <span>
              {one.person.name} <span className="meta">{AS[one.as]}</span>
            </span>
            <span className="tail push">
              {one.acknowledgedAt ? (
                <>
                  <State kind="ok">Acknowledged</State>
                  <span className="meta">{fullTime(one.acknowledgedAt)}</span>
                </>
              ) : (
                <>
                  <State kind="wait">Missing</State>
                  <span className="meta">{one.remindedAt ? `reminded ${fullTime(one.remindedAt)}` : `asked ${fullTime(one.askedAt)}`}</span>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Tries of those screened on the wall's matters; they found nothing there. */
function Attempts({ of }: { of: Wall['attempts'] }) {
  return (
    <section className="panel" aria-labelledby="attempts">
      <header>
        <h2 className="sub" id="attempts">
          Refused tries
        </h2>
        {of.length > 0 && <span className="meta push">{counted(of.length, 'try', 'tries')}</span>}
      </header>
      {of.length === 0 ? (
        <p className="body soft">None. A try by someone who is screened stands here; they were answered as if there were nothing.</p>
      ) : (
        <ul className="facts">
          {of.map((attempt) => (
            <li key={attempt.entry} className="row wrap does">
              <span>
                {attempt.person.name} <span className="meta">tried: {callWords(attempt.call)}</span>
              </span>
              <span className="meta push">{fullTime(attempt.at)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
