import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconHourglass, IconKey, IconWall } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { dateOf } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { className } from '../../ui/class.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { MyGrant } from '../requests/my-grant.tsx'
import { useMe } from '../session/api.ts'
import { useConfirmations, useDecideLowering } from './api.ts'
import { isAhead } from './days.ts'

/** What holds for the whole matter: walls, for those who keep them, and a milder class that waits. */
export function Standing({ matter }: { matter: MatterPage }) {
  const myself = useMe().data?.id
  const { walls, lowering, team, ownRoot } = matter
  // a place on the team ends as the team says; whoever is let in for a time is told until when
  const mine = team.find((member) => member.person === myself && member.via !== 'team' && !isAhead(member.since))
  const keyed = ownRoot.name !== null || ownRoot.asked !== null || ownRoot.changing
  if (walls.length === 0 && !lowering && !mine?.until && !keyed) return null
  return (
    <ul className="standing4" aria-label="What holds for this matter">
      {walls.map((wall) => (
        <li key={wall.id} className="wallline">
          <IconWall {...line} />
          <p>A wall stands here. {sentenced(wall.text)} You see this line because you keep the wall.</p>
          <Link to={`/walls/${wall.id}`}>Open the wall</Link>
        </li>
      ))}
      {mine?.until && (
        <li className="plainline">
          <MyGrant until={mine.until} />
        </li>
      )}
      {keyed && <UnderKey ownRoot={ownRoot} />}
      {lowering && <Lowering matter={matter} lowering={lowering} />}
    </ul>
  )
}

/** The client’s key that the matter is under, and what is asked for or done about it. */
const UnderKey = ({ ownRoot: { name, asked, changing } }: Pick<MatterPage, 'ownRoot'>) => (
  <li>
    <IconKey {...line} />
    <p>
      {name && (
        <>
          It stands under its client’s key <b>{name}</b>: when the client withholds it, nobody opens anything here.{' '}
        </>
      )}
      {changing && 'Its key is being replaced; work goes on meanwhile.'}
      {asked === 'root.put' && 'Someone asks for it to come under a client’s key. It waits for a second person on the matter.'}
      {asked === 'root.take' && 'Someone asks for it to come off that key. It waits for a second person on the matter.'}
    </p>
    {asked && <Link to="/approvals">Open Approvals</Link>}
  </li>
)

/** The server’s sentence, its days as the page writes them. */
const sentenced = (text: string) =>
  `${text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => dateOf(`${day}T12:00:00Z`))}${/[.!?]$/.test(text) ? '' : '.'}`

function Lowering({ matter, lowering }: { matter: MatterPage; lowering: NonNullable<MatterPage['lowering']> }) {
  const { id, wanted, askedBy, mayDecide } = lowering
  const reason = useConfirmations(mayDecide).data?.find((confirmation) => confirmation.id === id)?.reason
  const decide = useDecideLowering(matter.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const say = async (approve: boolean) => {
    setWrong(null)
    try {
      await decide.mutateAsync({ confirmation: id, approve })
      notifications.show({
        message: approve ? `The matter is ${className(wanted)} now.` : `The matter stays ${className(matter.ownClass)}.`,
      })
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <li>
      <IconHourglass {...line} />
      <div className="stack xs">
        <p>
          {askedBy} asks for {className(wanted)} in the place of {className(matter.ownClass)}.{' '}
          {mayDecide ? 'You can decide it as the second person.' : 'It waits for a second person on the matter.'}
        </p>
        {reason && <p className="reason">{reason}</p>}
        <Wrong>{wrong}</Wrong>
      </div>
      {mayDecide && (
        <span className="row wrap">
          <Button size="xs" disabled={decide.isPending} onClick={() => void say(true)}>
            Lower to {className(wanted)}
          </Button>
          <Button size="xs" variant="subtle" disabled={decide.isPending} onClick={() => void say(false)}>
            Keep {className(matter.ownClass)}
          </Button>
        </span>
      )}
    </li>
  )
}
