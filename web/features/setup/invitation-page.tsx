import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { Password } from '../../../src/contract/firm.ts'
import { faultsOf } from '../../lib/form.ts'
import { Refused } from '../../lib/refused.ts'
import { useSection } from '../../lib/section.ts'
import { ChoosePassword } from '../../ui/choose-password.tsx'
import { Desk } from '../../ui/desk.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { FirmName } from '../session/firm-name.tsx'
import { accept, readInvitation } from './api.ts'
import { oneTimeSecret } from './fragment.ts'
import { RecoveryCodesStep } from './recovery-codes-step.tsx'
import { SecondProofStep } from './second-proof-step.tsx'
import { Steps } from './steps.tsx'

const Chosen = z.object({ password: Password })

export function InvitationPage() {
  useSection('Invitation')
  const secret = oneTimeSecret()
  const invitation = useQuery({
    queryKey: ['invitation'],
    queryFn: () => readInvitation(secret ?? ''),
    enabled: secret !== null,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  const spent = invitation.error instanceof Refused && invitation.error.code !== 'unreached'
  return (
    <Desk foot="One look, one entry. Everything you do here is recorded.">
      {secret === null && (
        <Empty top title="Open the link of your invitation">
          The whole link is needed; its last part holds a secret that works once.
        </Empty>
      )}
      {spent && (
        <Empty top title="This invitation does not open">
          {(invitation.error as Refused).text}
        </Empty>
      )}
      {invitation.error && !spent && <Fault fault={invitation.error} retry={() => void invitation.refetch()} />}
      {invitation.data && secret && <Accept secret={secret} invitation={invitation.data} />}
    </Desk>
  )
}

function Accept({ secret, invitation }: { secret: string; invitation: Awaited<ReturnType<typeof readInvitation>> }) {
  const go = useNavigate()
  const [at, setAt] = useState(0)
  const [given] = useState(invitation)
  const [codes, setCodes] = useState<string[]>([])
  const form = useForm({ initialValues: { password: '' }, validate: (values) => faultsOf(Chosen, values) })
  const steps = [
    { name: 'You', says: given.name },
    { name: 'A second proof', says: 'So that a password alone opens nothing' },
    { name: 'Recovery codes', says: 'For the day the device is lost' },
  ]

  return (
    <div className="setup">
      <Steps steps={steps} at={at} />
      {at === 0 && (
        <form className="stack lg" onSubmit={form.onSubmit(() => setAt(1))} noValidate>
          <div className="stack xs">
            <h1 className="firm">
              <FirmName name={given.firm} />
            </h1>
            <p className="soft">
              {given.name}, you are invited to work here. You will sign in as {given.email}.
            </p>
          </div>
          <ChoosePassword
            value={form.values.password}
            onChange={(password) => form.setFieldValue('password', password)}
            error={form.errors.password as string | undefined}
          />
          <div className="row wrap acts">
            <Button type="submit" variant="filled" size="lg">
              Go on to the second proof
            </Button>
          </div>
        </form>
      )}
      {at === 1 && (
        <SecondProofStep
          enrolment={given}
          next="Join the firm"
          onBack={() => setAt(0)}
          onDone={async (code) => {
            try {
              setCodes(await accept({ secret, password: form.values.password, totpSecret: given.totpSecret, code }))
              setAt(2)
            } catch (fault) {
              if (!(fault instanceof Refused) || fault.code !== 'password.weak') throw fault
              form.setErrors({ password: fault.text })
              setAt(0)
            }
          }}
        />
      )}
      {at === 2 && <RecoveryCodesStep codes={codes} next="Enter the firm" onDone={() => void go('/', { replace: true })} />}
    </div>
  )
}
