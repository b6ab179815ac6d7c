import { useNavigate } from 'react-router'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { useAct } from '../../app/acts.ts'
import { Destroy } from '../destruction/destroy.tsx'
import { PlaceHold } from '../destruction/place-hold.tsx'
import { useMe } from '../session/api.ts'
import { ChangeMatter } from './change-matter.tsx'
import { CloseMatter } from './close-matter.tsx'
import { LowerClass } from './lower-class.tsx'
import { More } from './more.tsx'
import { PutUnder, TakeOff } from './own-root.tsx'

/** The dialog that stands open on a matter. */
export type Doing = 'change' | 'lower' | 'close' | 'reopen' | 'hold' | 'destroy' | 'put' | 'take'
type Props = { matter: MatterPage; doing: Doing | null; onDo: (doing: Doing | null) => void }

/** What is done to a matter as a whole and not every day. */
export function MatterActs({ matter, doing, onDo }: Props) {
  const go = useNavigate()
  const mine = useMe().data?.may ?? []
  const mayCheck = mine.includes('conflict.check')
  const { may, ownRoot } = matter
  const mayKey = may.change && ownRoot.asked === null && !ownRoot.changing
  const acts = [
    { name: 'Change the matter', here: may.change, run: () => onDo('change') },
    {
      name: 'Ask for a milder class',
      here: may.change && matter.ownClass !== 'confidential' && !matter.lowering,
      run: () => onDo('lower'),
    },
    { name: 'Check for conflicts', here: mayCheck, run: () => void go(`/conflicts?matter=${matter.id}`) },
    { name: 'Raise a wall', here: may.wall, run: () => void go(`/walls/new?matter=${matter.id}`) },
    { name: 'Put it under a client’s key', here: mayKey && ownRoot.name === null, run: () => onDo('put') },
    { name: 'Take it off its client’s key', here: mayKey && ownRoot.name !== null, run: () => onDo('take') },
    { name: 'Close the matter', here: may.close, run: () => onDo('close') },
    { name: 'Open it again', here: may.reopen, run: () => onDo('reopen') },
    { name: 'Place a legal hold', here: mine.includes('hold.keep'), run: () => onDo('hold') },
    {
      name: 'Destroy the matter for good',
      here: mine.includes('matter.destroy') && matter.status === 'closed',
      run: () => onDo('destroy'),
    },
  ].filter((act) => act.here)
  const close = () => onDo(null)
  useAct(may.change, 'Change the matter', () => onDo('change'))
  useAct(may.close, 'Close the matter', () => onDo('close'))
  return (
    <>
      <More framed label="More to do with this matter" acts={acts} />
      <ChangeMatter matter={matter} opened={doing === 'change'} onClose={close} onLower={() => onDo('lower')} />
      <LowerClass matter={matter} opened={doing === 'lower'} onClose={close} />
      <CloseMatter matter={matter} opened={doing === 'close'} onClose={close} />
      <CloseMatter matter={matter} opened={doing === 'reopen'} again onClose={close} />
      <PutUnder matter={matter} opened={doing === 'put'} onClose={close} />
      <TakeOff matter={matter} opened={doing === 'take'} onClose={close} />
      <PlaceHold matter={matter.id} opened={doing === 'hold'} onClose={close} />
      <Destroy matter={matter.id} documents={null} opened={doing === 'destroy'} onClose={close} />
    </>
  )
}
