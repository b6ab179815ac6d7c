import { NumberInput, Switch } from '@mantine/core'
import type { SettingValue } from '../../../src/contract/access.ts'
import type { Answer } from '../../lib/ask.ts'
import { count, counted } from '../../lib/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { State } from '../../ui/state.tsx'
import { Setting, SettingForm } from './setting.tsx'
import { settingOf, useSettingsHere } from './settings-page.tsx'

type Value = SettingValue<'password'>
const AS_IT_COMES: Value = { rotationDays: null, history: 0, composition: false }

export function PasswordsTab() {
  const { settings } = useSettingsHere()
  const setting = settingOf(settings, 'password')
  const value = { ...AS_IT_COMES, ...(setting.value as Partial<Value>) }
  return (
    <>
      <Setting setting={setting} title="When a new password is asked for" form={(onDone) => <Form value={value} onDone={onDone} />}>
        <p>
          {value.rotationDays === null
            ? 'Only when there is a reason to: a password that was found in a breach, or one that someone else may know.'
            : `Every ${counted(value.rotationDays, 'day')}, and whenever there is a reason to.`}{' '}
          {value.history > 0 && `The last ${counted(value.history, 'password')} cannot be chosen again. `}
          {value.composition && 'Small and capital letters, a digit and a sign are asked for.'}
        </p>
        <TwoViews />
      </Setting>
      <PasswordLists lists={settings.passwordLists} />
    </>
  )
}

/** Both sides, since firms are bound by the one and told the other. */
function TwoViews() {
  return (
    <div className="views">
      <div>
        <h3 className="sub">For a change after a set time</h3>
        <p className="soft">
          Many clients’ terms and insurers ask for one. Where one binds the firm, choose the days that it names, and name it in the reason.
        </p>
      </div>
      <div>
        <h3 className="sub">Against it</h3>
        <p className="soft">
          NIST SP 800-63B-4 says that verifiers shall not require a change after a set time, and shall require one on evidence of
          compromise.
        </p>
      </div>
    </div>
  )
}

const NO_FAULT: Record<string, string> = {}
type FormValues = { rotates: boolean; days: number | string; history: number | string; composition: boolean }

function Form({ value, onDone }: { value: Value; onDone: () => void }) {
  return (
    <SettingForm<FormValues>
      name="password"
      initial={{
        rotates: value.rotationDays !== null,
        days: value.rotationDays ?? 365,
        history: value.history,
        composition: value.composition,
      }}
      toValue={({ rotates, days, history, composition }) => ({ rotationDays: rotates ? days : null, history, composition })}
      check={({ rotates, days }) => (rotates && !isWithin(days, 30, 730) ? { days: 'From 30 to 730 days.' } : NO_FAULT)}
      onDone={onDone}
    >
      {(form) => (
        <>
          <TwoViews />
          <Switch
            withThumbIndicator={false}
            label="Ask for a new password after a set time"
            description="Off, one is asked for only when there is a reason to."
            {...form.getInputProps('rotates', { type: 'checkbox' })}
          />
          {form.values.rotates && (
            <NumberInput label="Days" description="From 30 to 730." allowDecimal={false} hideControls {...form.getInputProps('days')} />
          )}
          <NumberInput
            label="Passwords that cannot be chosen again"
            description="How many of a person’s last ones; from 0 to 24."
            allowDecimal={false}
            hideControls
            {...form.getInputProps('history')}
          />
          <Switch
            withThumbIndicator={false}
            label="Ask for small and capital letters, a digit and a sign"
            description="NIST SP 800-63B-4 says that verifiers shall not impose such rules: length and lists serve better."
            {...form.getInputProps('composition', { type: 'checkbox' })}
          />
        </>
      )}
    </SettingForm>
  )
}

const isWithin = (value: unknown, least: number, most: number) => typeof value === 'number' && value >= least && value <= most

type Lists = Answer<'setting.list'>['passwordLists']

function PasswordLists({ lists }: { lists: Lists }) {
  return (
    <Panel id="lists" title="What a new password is held against" clip>
      {lists.length === 0 && <p className="body soft">No list is loaded. Only length and strength are judged.</p>}
      <ul className="facts">
        {[...Map.groupBy(lists, (list) => list.detail)].map(([detail, its]) => (
          <Alike key={detail} detail={detail} lists={its} />
        ))}
      </ul>
    </Panel>
  )
}

/** Lists of which the same is to be said; several of them are named behind their number. */
function Alike({ detail, lists }: { detail: string; lists: Lists }) {
  const [first] = lists
  const entries = lists.some((list) => list.entries === null) ? null : lists.reduce((sum, list) => sum + (list.entries ?? 0), 0)
  return (
    <li className="row top does">
      <div>
        <b>{lists.length === 1 ? first?.name : counted(lists.length, 'list')}</b>
        <p className="soft">{detail}</p>
        {lists.length > 1 && (
          <details>
            <summary className="meta">Which they are</summary>
            <ul className="named">
              {lists.map((list) => (
                <li key={list.name}>
                  {list.name} <span className="meta">{list.entries !== null && count(list.entries)}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <span className="tail push">
        {first?.loaded ? <State kind="ok">Loaded</State> : <State kind="wait">Not loaded</State>}
        {entries !== null && <span className="meta">{count(entries)} entries</span>}
      </span>
    </li>
  )
}
