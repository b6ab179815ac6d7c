import { Select } from '@mantine/core'
import { Link } from 'react-router'
import type { SettingValue } from '../../../src/contract/access.ts'
import { Panel } from '../../ui/panel.tsx'
import { usePeople } from '../people/api.ts'
import { useSuccessors } from '../people/successors.ts'
import { Address } from './address.tsx'
import { Setting, SettingForm } from './setting.tsx'
import { settingOf, useSettingsHere } from './settings-page.tsx'

type Value = SettingValue<'leaving'>

export function DirectoryTab() {
  const { settings } = useSettingsHere()
  const people = usePeople().data ?? []
  const setting = settingOf(settings, 'leaving')
  const value: Value = { successor: null, ...(setting.value as Partial<Value>) }
  const successor = people.find((person) => person.id === value.successor)
  return (
    <>
      <Panel id="scim" title="Connect a directory">
        <div className="body stack">
          <p className="soft">
            A directory (SCIM 2.0) can invite people, let them leave and keep groups. It never gives a role that takes two people.
          </p>
          <ol className="todo">
            <li>
              Give the directory this address.
              <Address label="Base address" text={settings.scimBase} />
            </li>
            <li>
              Make an access token under <Link to="/account">My account</Link>, with nothing but “Let a directory keep people and groups
              (SCIM)”, and give it to the directory.
            </li>
            <li>
              Say which roles its groups bring, under <Link to="/roles/groups">Groups</Link>.
            </li>
          </ol>
          <p className="meta">
            What the directory does is recorded as done by whoever made the token, by access token. The token ends when they leave.
          </p>
        </div>
      </Panel>
      <Setting
        setting={setting}
        title="Successor for people whom the directory lets leave"
        form={(onDone) => <Form value={value} onDone={onDone} />}
      >
        <p>
          {value.successor
            ? `${successor?.name ?? 'Someone who is not in the list of people'} takes over what nobody else is on.`
            : 'None is named: the partner who has been here longest takes over what nobody else is on.'}
        </p>
      </Setting>
    </>
  )
}

function Form({ value, onDone }: { value: Value; onDone: () => void }) {
  const successors = useSuccessors()
  return (
    <SettingForm<Value> name="leaving" initial={value} onDone={onDone}>
      {(form) => (
        <Select
          label="Successor"
          description="Takes over what nobody else is on. Nobody who sets this sees what that is."
          placeholder="A lawyer or partner"
          searchable
          clearable
          data={successors}
          nothingFoundMessage="No lawyer or partner has that name."
          {...form.getInputProps('successor')}
        />
      )}
    </SettingForm>
  )
}
