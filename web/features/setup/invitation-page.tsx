import { useQuery } from '@tanstack/react-query'
import { Refused } from '../../lib/refused.ts'
import { useSection } from '../../lib/section.ts'
import { Desk } from '../../ui/desk.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Accept } from './accept.tsx'
import { readLink } from './api.ts'
import { useOneTimeSecret } from './fragment.ts'
import { ResetPassword } from './reset-password.tsx'

/** Where every one-time link leads: an invitation, a renewed account, factor or password, and a first factor after the identity provider. */
export function InvitationPage() {
  useSection('Your link')
  const secret = useOneTimeSecret()
  const link = useQuery({
    queryKey: ['link', secret],
    queryFn: () => readLink(secret ?? ''),
    enabled: secret !== null,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const spent = link.error instanceof Refused && link.error.code !== 'unreached' && !link.data
  return (
    <Desk foot="One look, one entry. Everything you do here is recorded.">
      {secret === null && (
        <Outside title="Open the whole link">Its last part holds a secret that works once. Open it as it was given to you.</Outside>
      )}
      {spent && <Outside title="This link does not open">{(link.error as Refused).text}</Outside>}
      {link.error && !spent && !link.data && <Fault top fault={link.error} retry={() => void link.refetch()} />}
      {secret && link.isPending && (
        <div className="narrow">
          <Lines count={4} />
        </div>
      )}
      {link.data && secret && link.data.kind === 'password' && <ResetPassword key={secret} secret={secret} link={link.data} />}
      {link.data && secret && link.data.kind !== 'password' && (
        <Accept key={secret} secret={secret} link={link.data} kind={link.data.kind} />
      )}
    </Desk>
  )
}

const Outside = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <div className="narrow">
    <Empty top title={title}>
      {children}
    </Empty>
  </div>
)
