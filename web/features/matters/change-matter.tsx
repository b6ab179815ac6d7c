import { Autocomplete, Drawer, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { calls } from '../../../src/contract/calls.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { className } from '../../ui/class.tsx'
import { FormEnd } from '../../ui/form-end.tsx'
import { useChangeMatter } from './api.ts'
import { ClassChoice } from './class-choice.tsx'
import { useMatterTypes } from './matter-types.ts'
import { isStricter, MATTER_CLASSES } from './words.ts'

type Props = { matter: MatterPage; opened: boolean; onClose: () => void; onLower: () => void }

/** Title, type, jurisdiction; a stricter class holds at once, a milder one is asked for elsewhere. */
export function ChangeMatter({ opened, ...props }: Props) {
  return (
    <Drawer opened={opened} onClose={props.onClose} title="Change the matter">
      <Form {...props} />
    </Drawer>
  )
}

function Form({ matter, onClose, onLower }: Omit<Props, 'opened'>) {
  const types = useMatterTypes()
  const change = useChangeMatter(matter.id)
  const { title, type, jurisdiction, ownClass, version } = matter
  const { form, submit, wrong } = useSent(
    {
      initialValues: { title, type, jurisdiction, class: ownClass },
      validate: (values) => faultsOf(calls['matter.change'].body, { ...values, version }),
    },
    async (values) => {
      await change.mutateAsync({
        title: values.title.trim(),
        type: values.type.trim(),
        jurisdiction: values.jurisdiction.trim(),
        class: values.class,
        version,
      })
      notifications.show({ message: 'The matter is changed.' })
      onClose()
    },
    ['title', 'type', 'jurisdiction', 'class'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <TextInput label="Title" data-autofocus {...form.getInputProps('title')} />
      <div className="pair">
        <Autocomplete label="Type" data={types} {...form.getInputProps('type')} />
        <TextInput label="Jurisdiction" {...form.getInputProps('jurisdiction')} />
      </div>
      <div className="stack sm">
        <ClassChoice
          description={aboutClass(matter)}
          offered={MATTER_CLASSES.filter((name) => !isStricter(ownClass, name))}
          {...form.getInputProps('class')}
        />
        {ownClass !== 'confidential' && !matter.lowering && (
          <div>
            <button type="button" className="plainlink meta" onClick={onLower}>
              Ask for a milder class
            </button>
          </div>
        )}
      </div>
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose} leave="Leave it as it was">
        Change the matter
      </FormEnd>
    </form>
  )
}

/** Whichever is stricter holds: the matter’s own or its client’s. */
function aboutClass({ ownClass, client }: MatterPage): string {
  const raises = 'A stricter class holds at once for the matter and everything in it.'
  return isStricter(client.class, ownClass) ? `${raises} The client is ${className(client.class)}, so the matter is too.` : raises
}
