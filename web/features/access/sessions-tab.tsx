import { Button, Checkbox, Select } from '@mantine/core'
import type { RoleView, SettingValue } from '../../../src/contract/access.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { WholeNumber } from '../../ui/whole-number.tsx'
import { listed } from '../people/words.ts'
import { useRoles } from './api.ts'
import { Setting, SettingForm } from './setting.tsx'
import { settingOf, useSettingsHere } from './settings-page.tsx'
import { inOrder } from './roles-tab.tsx'

type Value = SettingValue<'sessions'>
const AS_IT_COMES: Value = { limits: {}, standard: { idleMinutes: 30, hours: 12 }, passkeyRoles: [] }

export function SessionsTab() {
  const { settings } = useSettingsHere()
  const list = useRoles()
  const setting = settingOf(settings, 'sessions')
  const value = { ...AS_IT_COMES, ...(setting.value as Partial<Value>) }
  if (list.isPending) return <Lines count={3} />
  if (list.error) return <Fault fault={list.error} retry={() => void list.refetch()} />
  const roles = inOrder(list.data.roles.filter((role) => role.retiredAt === null))
  const nameOf = (id: string) => list.data.roles.find((role) => role.id === id)?.name ?? id
  return (
    <Setting setting={setting} title="How long a session lasts" form={(onDone) => <Form value={value} roles={roles} onDone={onDone} />}>
      <table className="table limits">
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col" className="num">
              Idle
            </th>
            <th scope="col" className="num">
              In all
            </th>
          </tr>
        </thead>
        <tbody>
          <Limit name={Object.keys(value.limits).length ? 'Everyone else' : 'Everyone'} limit={value.standard} />
          {Object.entries(value.limits).map(([role, limit]) => (
            <Limit key={role} name={nameOf(role)} limit={limit} />
          ))}
        </tbody>
      </table>
      <p className="soft">Who holds several of these roles has the strictest. A change holds for sessions begun from then on.</p>
      <p>
        {value.passkeyRoles.length === 0
          ? 'No role asks for a passkey. A code from an authenticator app serves everyone.'
          : `${listed(value.passkeyRoles.map(nameOf))}: signed in with a passkey, and not with a code.`}
      </p>
    </Setting>
  )
}

const Limit = ({ name, limit }: { name: string; limit: Value['standard'] }) => (
  <tr>
    <th scope="row">{name}</th>
    <td className="num">{limit.idleMinutes} min</td>
    <td className="num">{limit.hours} h</td>
  </tr>
)

function Form({ value, roles, onDone }: { value: Value; roles: RoleView[]; onDone: () => void }) {
  return (
    <SettingForm<Value> name="sessions" initial={value} onDone={onDone}>
      {(form) => {
        const { limits, standard } = form.values
        const others = roles.filter((role) => !(role.id in limits))
        const without = (gone: string) => Object.fromEntries(Object.entries(limits).filter(([role]) => role !== gone))
        return (
          <>
            <Limits legend={Object.keys(limits).length ? 'Everyone else' : 'Everyone'} path="standard" form={form} />
            {Object.keys(limits).map((role) => (
              <Limits
                key={role}
                legend={roles.find(({ id }) => id === role)?.name ?? role}
                path={`limits.${role}`}
                form={form}
                onRemove={() => form.setFieldValue('limits', without(role))}
              />
            ))}
            {others.length > 0 && (
              <Select
                label="Another limit for a role"
                description="In the place of the one above. Who holds several of these roles has the strictest."
                placeholder="Choose a role"
                data={others.map((role) => ({ value: String(role.id), label: role.name }))}
                value={null}
                onChange={(role) => role && form.setFieldValue('limits', { ...limits, [role]: standard })}
              />
            )}
            <Checkbox.Group
              label="Signed in with a passkey, and not with a code"
              description="Each of their holders has a passkey first; whoever has none is named when you save."
              {...form.getInputProps('passkeyRoles')}
            >
              <div className="rolechoice cols">
                {roles.map((role) => (
                  <Checkbox key={role.id} value={role.id} label={role.name} />
                ))}
              </div>
            </Checkbox.Group>
          </>
        )
      }}
    </SettingForm>
  )
}

type LimitsProps = { legend: string; path: string; form: { getInputProps: (path: string) => object }; onRemove?: () => void }

function Limits({ legend, path, form, onRemove }: LimitsProps) {
  return (
    <fieldset className="limit">
      <legend className="lab">{legend}</legend>
      <WholeNumber label="Minutes idle" min={5} max={60} {...form.getInputProps(`${path}.idleMinutes`)} />
      <WholeNumber label="Hours in all" min={1} max={24} {...form.getInputProps(`${path}.hours`)} />
      {onRemove && (
        <Button variant="subtle" onClick={onRemove} aria-label={`Take out: ${legend}`}>
          Take out
        </Button>
      )}
    </fieldset>
  )
}
