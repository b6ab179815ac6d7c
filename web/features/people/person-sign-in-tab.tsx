import { Link } from 'react-router'
import { fullTime } from '../../lib/format.ts'
import { Fact } from '../../ui/fact.tsx'
import { Nothing } from '../../ui/fault.tsx'
import { When } from '../../ui/values.tsx'
import { usePersonHere } from './person-page.tsx'
import { Renewals } from './renewals.tsx'
import { Sessions } from './sessions.tsx'
import { capital, FACTORS, OVERDUE } from './words.ts'

export function PersonSignInTab() {
  const { person, me } = usePersonHere()
  if (person.signIn === null) return <Nothing />
  const renews = me.may.includes('person.reset') && person.id !== me.id && (person.state === 'active' || person.state === 'leaving')
  return (
    <div className="page personpage persontab">
      {person.signIn.overdue.map((what) => (
        <Fact key={what}>
          <p>
            <b>{OVERDUE[what].short}.</b> {OVERDUE[what].todo}
          </p>
        </Fact>
      ))}
      <div className="halves">
        <Factors />
        {person.id === me.id ? <Own /> : renews && <Renewals person={person} />}
      </div>
      <Sessions />
      <Devices />
    </div>
  )
}

function Own() {
  return (
    <Fact>
      <p>
        This is you. Your password and factors are renewed under <Link to="/account">My account</Link>.
      </p>
    </Fact>
  )
}

function Factors() {
  const { person } = usePersonHere()
  const { factors, seenAt } = person.signIn!
  const plain = factors.filter((factor) => factor !== 'passkey')
  return (
    <section className="panel" aria-labelledby="factors">
      <header>
        <h2 className="sub" id="factors">
          Second factors
        </h2>
        <span className="meta push">{seenAt ? <>last here {fullTime(seenAt)}</> : 'not here yet'}</span>
      </header>
      {factors.length === 0 && <p className="body soft">None.</p>}
      <ul className="facts">
        {plain.map((factor) => (
          <li key={factor}>{capital(FACTORS[factor])}</li>
        ))}
        {person.passkeys.map((passkey) => (
          <li key={passkey.id}>
            Passkey <b>{passkey.name}</b>
            <p className="meta">
              added <When at={passkey.createdAt} />, {passkey.usedAt ? <>last used {fullTime(passkey.usedAt)}</> : 'not used yet'},{' '}
              {passkey.synced ? 'kept in step between their devices' : 'on one device'}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Devices() {
  const { person } = usePersonHere()
  return (
    <section className="panel clip" aria-labelledby="devices">
      <header>
        <h2 className="sub" id="devices">
          Devices
        </h2>
      </header>
      {person.devices.length === 0 && <p className="body soft">None yet.</p>}
      {person.devices.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Device</th>
              <th scope="col" className="hide-s">
                First seen
              </th>
              <th scope="col">Last seen</th>
            </tr>
          </thead>
          <tbody>
            {person.devices.map((device) => (
              <tr key={device.id}>
                <th scope="row">
                  {device.description}
                  {device.lostAt && <span className="meta"> reported lost on {fullTime(device.lostAt)}</span>}
                </th>
                <td className="dim hide-s">
                  <When at={device.firstSeenAt} />
                </td>
                <td className="dim">
                  <When at={device.seenAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
