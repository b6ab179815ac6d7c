import { Link as To } from 'react-router'
import type { Link } from '../../../src/contract/person.ts'
import { fullTime } from '../../lib/format.ts'
import { useUnsaved } from '../../lib/unsaved.ts'
import { Once } from '../../ui/copy.tsx'
import { Fact } from '../../ui/fact.tsx'
import { listed } from './words.ts'

/** A one-time link that went out by e-mail, or that is handed over by hand and shown this once. */
export function LinkGiven({ link, name, email }: { link: Link; name: string; email?: string }) {
  return link.url ? <ByHand url={link.url} name={name} endsAt={link.endsAt} /> : <Sent name={name} email={email} endsAt={link.endsAt} />
}

function ByHand({ url, name, endsAt }: { url: string; name: string; endsAt: string }) {
  useUnsaved(true)
  return (
    <div className="stack">
      <p className="soft">
        Hand this link to {name} by a way that reaches only them. It works once, until {fullTime(endsAt)}, and is shown only now.
      </p>
      <Once secret={url} what="the link" />
    </div>
  )
}

const Sent = ({ name, email, endsAt }: { name: string; email?: string; endsAt: string }) => (
  <p className="soft">
    The link was sent to {email ?? name}. It works once, until {fullTime(endsAt)}.
  </p>
)

/** The roles that a second person has yet to approve. */
export function Waiting({ roles, name }: { roles: string[]; name: string }) {
  if (roles.length === 0) return null
  return (
    <Fact title="This waits for a second person">
      <p>
        {name} has {listed(roles)} only when someone else approves it. <To to="/approvals">What waits</To>
      </p>
    </Fact>
  )
}
