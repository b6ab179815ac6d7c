import { Modal } from '@mantine/core'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { className } from '../../ui/class.tsx'
import { Fact } from '../../ui/fact.tsx'
import { useLowerClass } from './api.ts'
import { LowerForm } from './lower-form.tsx'
import { isStricter, MATTER_CLASSES } from './words.ts'

type Props = { matter: MatterPage; opened: boolean; onClose: () => void }

/** A milder class is asked for with a reason; until a second person on the matter decides, nothing changes. */
export function LowerClass({ matter, opened, onClose }: Props) {
  const lower = useLowerClass(matter.id)
  const { client, ownClass } = matter
  return (
    <Modal opened={opened} onClose={onClose} title="Ask for a milder class">
      <LowerForm
        its={ownClass}
        offered={MATTER_CLASSES.filter((name) => isStricter(ownClass, name))}
        about={(chosen) =>
          isStricter(client.class, chosen) && (
            <Fact>
              <p>
                {client.name} is {className(client.class)}. The matter stays {className(client.class)} as long as its client is.
              </p>
            </Fact>
          )
        }
        ask={lower.mutateAsync}
        onClose={onClose}
      />
    </Modal>
  )
}
