import { Checkbox, Modal, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { SavedSearch } from '../../../src/contract/search.ts'
import { Name } from '../../../src/contract/words.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { changeSearch, saveSearch } from './api.ts'
import type { Asked } from './asked.ts'

type Props = {
  /** Null: it is closed. */ of: Asked | null
  /** What is changed; null: a new one is saved. */ saved?: SavedSearch | null
  onClose: () => void
}

/** A name for a search, and whether one is told when something new answers it. */
export const SaveSearch = ({ of, saved = null, onClose }: Props) => (
  <Modal opened={of !== null} onClose={onClose} title={saved ? 'Rename the saved search' : 'Save this search'}>
    {of && <Form of={of} saved={saved} onClose={onClose} />}
  </Modal>
)

function Form({ of: { words, narrow, order }, saved, onClose }: { of: Asked; saved: SavedSearch | null; onClose: () => void }) {
  const { form, submit, wrong } = useSent(
    {
      initialValues: { name: saved?.name ?? nameOf(words), isTold: saved?.isTold ?? false },
      validate: { name: (name) => Name.safeParse(name).error?.issues[0]?.message ?? null },
    },
    async (values) => {
      const kept = { words, narrow, order, ...values }
      await (saved ? changeSearch(saved.id, kept) : saveSearch(kept))
      notifications.show({ message: saved ? 'The saved search is changed.' : `“${values.name.trim()}” is saved.` })
      onClose()
    },
    ['name'],
  )
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <TextInput label="Name" data-autofocus {...form.getInputProps('name')} />
      <Checkbox
        label="Tell me when something new answers it"
        description="As a notice here. It says the name of the search and nothing of what was found."
        {...form.getInputProps('isTold', { type: 'checkbox' })}
      />
      <p className="meta">The words are kept sealed, for you alone. The search is made again each time, within what you may see then.</p>
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        {saved ? 'Keep' : 'Save'}
      </FormEnd>
    </form>
  )
}

/** As many of the words as make a name. */
const nameOf = (words: string) => {
  const whole = words.replace(/\s+/g, ' ').trim()
  const cut = [...whole].slice(0, 60).join('')
  return cut.length === whole.length ? whole : cut.replace(/\s\S*$/, ' …')
}
