import { Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { placeRefusal } from '../../lib/form.ts'
import { className } from '../../ui/class.tsx'
import { FormEnd } from '../../ui/form-end.tsx'
import type { MatterClass } from '../matters/api.ts'
import { ClassChoice } from '../matters/class-choice.tsx'
import { LowerForm } from '../matters/lower-form.tsx'
import { More } from '../matters/more.tsx'
import { isStricter, MATTER_CLASSES } from '../matters/words.ts'
import { useClassify, useLowerDocument, useLowering } from './api.ts'

type Props = { document: DocumentView; matter: MatterPage; /** What else is done with it. */ more: { name: string; run: () => void }[] }

/** What is done with one document; its class is raised by whoever may add, lowered by two. */
export function ClassActs({ document, matter, more }: Props) {
  const [doing, setDoing] = useState<'raise' | 'lower' | null>(null)
  const waits = useLowering(document.id) !== undefined
  const its = document.class as MatterClass
  const stricter = MATTER_CLASSES.filter((name) => isStricter(name, its))
  const milder = MATTER_CLASSES.filter((name) => isStricter(its, name) && !isStricter(matter.class, name))
  const { upload, change } = matter.may
  const acts = [
    { name: 'Raise the class', here: upload && stricter.length > 0, run: () => setDoing('raise') },
    { name: 'Ask for a milder class', here: change && milder.length > 0 && !waits, run: () => setDoing('lower') },
  ].filter((act) => act.here)
  // only itself: by the time the server has answered, another dialog may be open
  const close = (its: typeof doing) => setDoing((now) => (now === its ? null : now))
  return (
    <>
      <More label="More to do with this file" acts={[...more, ...acts]} />
      <Modal opened={doing === 'raise'} onClose={() => close('raise')} title="Raise the class">
        <Raise document={document} offered={stricter} onClose={() => close('raise')} />
      </Modal>
      <Modal opened={doing === 'lower'} onClose={() => close('lower')} title="Ask for a milder class">
        <Lower document={document} offered={milder} onClose={() => close('lower')} />
      </Modal>
    </>
  )
}

type FormProps = { document: DocumentView; offered: readonly MatterClass[]; onClose: () => void }

function Raise({ document, offered, onClose }: FormProps) {
  const classify = useClassify(document)
  // as it was: once it is raised, less is on offer, and the dialog is still closing
  const [choices] = useState(offered)
  const [chosen, setChosen] = useState(choices[0] as MatterClass)
  const [wrong, setWrong] = useState<string | null>(null)
  const raise = async (event: React.FormEvent) => {
    event.preventDefault()
    setWrong(null)
    try {
      await classify.mutateAsync(chosen)
      notifications.show({ message: `${document.name} is ${className(chosen)} now.` })
      onClose()
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <form className="stack lg" onSubmit={(event) => void raise(event)}>
      <p className="soft">It works at once, for everyone who has it open too. To lower it again takes a second person on the matter.</p>
      <ClassChoice offered={choices} value={chosen} onChange={setChosen} />
      <FormEnd wrong={wrong} busy={classify.isPending} onLeave={onClose}>
        Raise to {className(chosen)}
      </FormEnd>
    </form>
  )
}

function Lower({ document, offered, onClose }: FormProps) {
  const lower = useLowerDocument(document)
  const [choices] = useState(offered)
  return <LowerForm its={document.class as MatterClass} offered={choices} ask={lower.mutateAsync} onClose={onClose} />
}
