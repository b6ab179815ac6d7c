import { notifications } from '@mantine/notifications'
import { IconBolt, IconClock } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { MatterPage, MemberView } from '../../../src/contract/matter.ts'
import { dateOf, fullTime } from '../../lib/format.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { line } from '../../ui/icons.ts'
import { Asks } from '../people/asks.tsx'
import { RenewGrant } from '../requests/renew-grant.tsx'
import { useMe } from '../session/api.ts'
import { useEndMembership } from './api.ts'
import { ChangePart } from './change-part.tsx'
import { isAhead } from './days.ts'
import { More } from './more.tsx'
import { TEAM, VIA } from './words.ts'

type Props = { matter: MatterPage; member: MemberView; acts: boolean }
type Doing = 'end' | 'part'

/** One person on the team, or in it for a time. */
export function Member({ matter, member, acts }: Props) {
  const [doing, setDoing] = useState<Doing | null>(null)
  const done = () => setDoing(null)
  if (doing === 'end') return <Ending matter={matter} member={member} onKeep={done} />
  const coming = isAhead(member.since)
  return (
    <tr>
      <th scope="row">
        <span className="name">
          <Avatar name={member.name} />
          <span>
            {member.name} <Through member={member} />
          </span>
        </span>
      </th>
      <td className="role">{member.via === 'break-glass' ? '' : TEAM[member.role]}</td>
      <td className="soft hide-s">{member.reason}</td>
      <td className="dim nowrap since">
        {coming && <span className="vh">not yet, from </span>}
        {dateOf(member.since)}
      </td>
      <td className="dim nowrap until" title={member.until ? fullTime(member.until) : undefined}>
        {member.until && <span className="only-s">until </span>}
        {member.until && (member.via === 'break-glass' ? fullTime(member.until) : dateOf(member.until))}
      </td>
      {acts && (
        <td className="num end">
          <span className="row">
            {matter.may.approve && member.via === 'grant' && <RenewGrant matter={matter.id} member={member} />}
            <Acts matter={matter} member={member} onDo={setDoing} />
          </span>
          <ChangePart matter={matter} member={member} opened={doing === 'part'} onClose={done} />
        </td>
      )}
    </tr>
  )
}

/** How they come in, when it is not by a place on the team; and that it is still to come. */
function Through({ member }: { member: MemberView }) {
  if (member.via === 'team')
    return isAhead(member.since) ? (
      <span className="state off">
        <IconClock {...line} size={14} />
        Still to come
      </span>
    ) : null
  return (
    <span className="state wait">
      {member.via === 'grant' ? <IconClock {...line} size={14} /> : <IconBolt {...line} size={14} />}
      {VIA[member.via]}
    </span>
  )
}

function Acts({ matter, member, onDo }: { matter: MatterPage; member: MemberView; onDo: (doing: Doing) => void }) {
  const { join, leave } = matter.may
  const acts = [
    { name: 'Change the part', here: join && member.via === 'team', run: () => onDo('part') },
    { name: member.via === 'team' ? 'End the membership' : 'End the access', here: leave, run: () => onDo('end') },
  ].filter((act) => act.here)
  return <More label={`More to do with ${member.name}`} acts={acts} />
}

function Ending({ matter, member, onKeep }: { matter: MatterPage; member: MemberView; onKeep: () => void }) {
  const myself = useMe().data?.id
  const go = useNavigate()
  const end = useEndMembership(matter.id, myself)
  const isTeam = member.via === 'team'
  const endIt = async () => {
    await end.mutateAsync(member.person)
    notifications.show({ message: isTeam ? `${member.name} is no longer on the team.` : `The access of ${member.name} is ended.` })
    if (member.person === myself) await go('/matters', { replace: true })
  }
  return (
    <tr>
      <td colSpan={6}>
        <Asks act={isTeam ? 'End the membership' : 'End the access'} keep="Keep it" run={endIt} onKeep={onKeep}>
          {member.person === myself
            ? 'You leave the matter; it is then out of your reach.'
            : `${member.name} leaves the matter. It works at once; only someone on the team can bring them back.`}
        </Asks>
      </td>
    </tr>
  )
}
