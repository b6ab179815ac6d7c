import { Modal } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { ask, onSessionEnd, onStaleFactor } from '../../lib/ask.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { askMeAgain, type Proof, useMe } from './api.ts'
import { FactorProof } from './factor-proof.tsx'

/** The one dialog that asks for a fresh second factor. What was refused for want of one is then done by itself. */
export function StepUp() {
  const [asked, setAsked] = useState<{ answer: (given: boolean) => void } | null>(null)
  useEffect(() => {
    onStaleFactor(() => new Promise((answer) => setAsked({ answer })))
  }, [])
  const end = (given: boolean) => {
    setAsked(null)
    asked?.answer(given)
  }
  useEffect(() => {
    if (!asked) return
    return onSessionEnd(() => {
      setAsked(null)
      asked.answer(false)
    })
  }, [asked])
  useEscape(asked !== null, () => end(false))
  useFocusBack(asked !== null)
  return (
    <Modal
      opened={asked !== null}
      onClose={() => end(false)}
      closeOnEscape={false}
      returnFocus={false}
      title="Show that it is you"
      size="25rem"
      zIndex={400}
    >
      {asked && <Body onProved={() => end(true)} />}
    </Modal>
  )
}

function Body({ onProved }: { onProved: () => void }) {
  const me = useMe()
  if (me.error) return <Fault fault={me.error} retry={() => void me.refetch()} />
  if (!me.data) return <Lines count={3} />
  return (
    <div className="stack lg">
      <p className="soft">This asks for your second factor anew. It then holds for five minutes.</p>
      <FactorProof
        factors={me.data.factors}
        askPasskey={async () => (await ask('session.challenge')).passkeyOptions}
        act="Go on"
        onProof={async (proof: Proof) => {
          await ask('session.prove', { body: proof })
          void askMeAgain()
          onProved()
        }}
      />
    </div>
  )
}

/** Escape closes this dialog alone and not the drawer below it, whose listener would hear it too. */
function useEscape(open: boolean, close: () => void): void {
  const latest = useRef({ open, close })
  latest.current = { open, close }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!latest.current.open || event.key !== 'Escape' || event.isComposing) return
      event.stopImmediatePropagation()
      latest.current.close()
    }
    // capturing, and registered before any page's own
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}

/** What asked was disabled while it waited and lost the focus; it has it back when the dialog has gone. */
function useFocusBack(open: boolean): void {
  const before = useRef<HTMLElement | null>(null)
  useEffect(() => {
    if (open) {
      return () => {
        window.setTimeout(() => before.current?.isConnected && before.current.focus(), 20)
      }
    }
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement) before.current = target
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [open])
}
