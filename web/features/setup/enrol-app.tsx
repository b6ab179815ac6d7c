import { CodeInput } from '../../ui/code-input.tsx'
import { Qr } from './qr.tsx'

type Props = {
  enrolment: { totpUri: string; totpSecret: string }
  code: string
  onCode: (code: string) => void
  error?: string | null
  children?: React.ReactNode
}

/** An authenticator app takes the secret by camera or by hand, and shows that it has it by its six digits. */
export const EnrolApp = ({ enrolment, code, onCode, error, children }: Props) => (
  <div className="two">
    <Qr text={enrolment.totpUri} />
    <div className="stack">
      <div className="stack xs">
        <span className="lab">If you cannot scan, type this key</span>
        <span className="hash">{(enrolment.totpSecret.match(/.{1,4}/g) ?? []).join(' ')}</span>
      </div>
      <CodeInput label="Six digits" value={code} onChange={onCode} error={error} />
      {children}
    </div>
  </div>
)
