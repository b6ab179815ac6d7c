import { Nothing } from '../../ui/fault.tsx'
import { AccessTab as WhoSees } from '../explain/access-tab.tsx'
import { useHere } from './matter-page.tsx'

/** Who can see this matter, and why. */
export function AccessTab() {
  const { matter } = useHere()
  return matter.may.explain ? <WhoSees matter={matter} /> : <Nothing />
}
