import { Button, Modal } from '@mantine/core'
import { useBlocker } from 'react-router'
import { useUnsaved } from '../../lib/unsaved.ts'

/** Keeps what was typed and not saved: the browser asks before it is left, and so does the page. The end of a session is let through. */
export function Unsaved({ when }: { when: boolean }) {
  useUnsaved(when)
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      when && nextLocation.pathname !== '/sign-in' && currentLocation.pathname !== nextLocation.pathname,
  )
  return (
    <Modal opened={blocker.state === 'blocked'} onClose={() => blocker.reset?.()} title="Not saved yet">
      <div className="stack lg">
        <p className="soft">What you changed here is not saved. It is lost when you go.</p>
        <div className="row">
          <Button variant="filled" onClick={() => blocker.reset?.()} data-autofocus>
            Stay here
          </Button>
          <Button variant="subtle" onClick={() => blocker.proceed?.()}>
            Go without saving
          </Button>
        </div>
      </div>
    </Modal>
  )
}
