import type { MatterPage, PartyRole, PartyView } from '../../../src/contract/matter.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useMe } from '../session/api.ts'
import { useParties } from './api.ts'
import { isAhead } from './days.ts'
import { PARTY } from './words.ts'

const SHOWN = 3
/** Those that a lawyer looks for first; everyone stands under Parties and team. */
const LINE = ['adverse', 'co-party', 'counsel', 'expert'] as const

/** Client, parties and team on one line below the title. */
export function WhoIsWho({ matter }: { matter: MatterPage }) {
  const mayList = useMe().data?.may.includes('party.list') ?? false
  const parties = useParties(matter.id, mayList).data ?? []
  const named = (role: PartyRole) => parties.filter((party) => party.role === role)
  return (
    <dl className="who">
      <div>
        <dt>{named('client').length ? 'Clients' : 'Client'}</dt>
        <dd>{some([matter.client.name, ...named('client').map(({ name }) => name)])}</dd>
      </div>
      {LINE.filter((role) => named(role).length > 0).map((role) => (
        <div key={role}>
          <dt>{PARTY[role]}</dt>
          <dd>{some(named(role).map(inWords))}</dd>
        </div>
      ))}
      <Team matter={matter} />
    </dl>
  )
}

const inWords = ({ name, actsFor }: PartyView) => (actsFor ? `${name}, for ${actsFor}` : name)

/** The first few, and how many more: `A; B; C and 4 more`. */
function some(names: string[]): string {
  const shown = names.slice(0, SHOWN).join('; ')
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown
}

function Team({ matter }: { matter: MatterPage }) {
  const now = matter.team.filter((member) => !isAhead(member.since))
  const shown = now.slice(0, now.length > 3 ? 2 : 3)
  const names = shown.map((member) => member.name).join(', ') + (now.length > shown.length ? ` and ${now.length - shown.length} more` : '')
  return (
    <div className="teamd">
      <dt>Team</dt>
      <dd className="row">
        <span className="avs">
          {shown.map((member) => (
            <Avatar key={member.person} name={member.name} />
          ))}
        </span>
        <span>{names}</span>
      </dd>
    </div>
  )
}
