import { useMe } from '../session/api.ts'
import { useHere } from './matter-page.tsx'
import { OpenedTo } from './opened-to.tsx'
import { Parties } from './parties.tsx'
import { Team } from './team.tsx'

/** Who is who in the matter, and who works on it. */
export function TeamTab() {
  const { matter } = useHere()
  const mayList = useMe().data?.may.includes('party.list') ?? false
  return (
    <div className="page teampage">
      {mayList && <Parties matter={matter} />}
      <Team matter={matter} />
      <OpenedTo matter={matter} />
    </div>
  )
}
