import { Button } from '@mantine/core'
import { Wrong } from './fact.tsx'

type Props = {
  /** What is said against the whole of it. */ wrong: string | null
  busy: boolean
  /** Away without it. */ onLeave: () => void
  leave?: string
  /** What is done, as the button says it. */ children: React.ReactNode
}

/** The end of a form: what was wrong, the button that does it, and the way out. */
export const FormEnd = ({ wrong, busy, onLeave, leave = 'Not now', children }: Props) => (
  <>
    <Wrong>{wrong}</Wrong>
    <div className="row">
      <Button type="submit" variant="filled" loading={busy}>
        {children}
      </Button>
      <Button variant="subtle" onClick={onLeave}>
        {leave}
      </Button>
    </div>
  </>
)
