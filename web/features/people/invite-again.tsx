import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { Link, PersonView } from '../../../src/contract/person.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { useInviteAgain } from './api.ts'
import { LinkGiven } from './link-given.tsx'

type Props = { person: PersonView; opened: boolean; onClose: () => void }

/** Makes a fresh link for someone who has not come yet, and gives it. Stands with the page, since the list may lose the person. */
export function InviteAgain({ person, opened, onClose }: Props) {
  const [link, setLink] = useState<Link | null>(null)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setLink(null)}
      closeOnClickOutside={link === null}
      title={`Invite ${person.name} again`}
    >
      {link ? (
        <div className="stack lg">
          <LinkGiven link={link} name={person.name} email={person.email} />
          <div>
            <Button onClick={onClose}>Close</Button>
          </div>
        </div>
      ) : (
        <Ask person={person} onLink={setLink} onClose={onClose} />
      )}
    </Modal>
  )
}

function Ask({ person, onLink, onClose }: { person: PersonView; onLink: (link: Link) => void; onClose: () => void }) {
  const again = useInviteAgain()
  const [wrong, setWrong] = useState<string | null>(null)
  const send = async () => {
    setWrong(null)
    try {
      onLink(await again.mutateAsync(person.id))
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <div className="stack lg">
      <p className="soft">{person.name} gets a fresh link. The one from before works no more.</p>
      <Wrong>{wrong}</Wrong>
      <div className="row">
        <Button variant="filled" loading={again.isPending} onClick={() => void send()} data-autofocus>
          Make a fresh link
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Not now
        </Button>
      </div>
    </div>
  )
}
