import { Desk } from '../../ui/desk.tsx'
import { Fault } from '../../ui/fault.tsx'
import { useFirm } from './api.ts'
import { FirmName } from './firm-name.tsx'

/** The firm's front: its name above whatever lets one in. */
export function Front({ children }: { children: React.ReactNode }) {
  const firm = useFirm()
  return (
    <Desk foot="One look, one entry. Everything you do here is recorded.">
      <div className="signin">
        <div className="plate">
          <h1 className="firm">{firm.data?.name ? <FirmName name={firm.data.name} /> : '\u00a0'}</h1>
          <p className="soft">What is said here stays here.</p>
        </div>
        {firm.error ? <Fault fault={firm.error} retry={() => void firm.refetch()} /> : children}
      </div>
    </Desk>
  )
}
