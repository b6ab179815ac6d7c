import { PasswordInput, Radio, Switch, TextInput } from '@mantine/core'
import type { SettingValue } from '../../../src/contract/access.ts'
import { Panel } from '../../ui/panel.tsx'
import { Address } from './address.tsx'
import { Setting, SettingForm } from './setting.tsx'
import { settingOf, useSettingsHere } from './settings-page.tsx'

type Value = SettingValue<'sso'>
/** As it is read: the secret never is, only whether one is kept. */
type Read = Omit<Value, 'clientSecret'> & { clientSecretSet: boolean }
const AS_IT_COMES: Read = {
  on: false,
  clientSecretSet: false,
  label: '',
  issuer: '',
  clientId: '',
  secondFactor: { acr: [], amr: [] },
  joining: 'invited',
  groupsClaim: 'groups',
}
const JOINING = {
  invited: 'Only who is in the firm already and has linked the account',
  groups: 'Whoever is in a group that the firm knows',
}

export function IdentityTab() {
  const { settings } = useSettingsHere()
  const setting = settingOf(settings, 'sso')
  const value = { ...AS_IT_COMES, ...(setting.value as Partial<Read>) }
  const isSetUp = value.clientId !== ''
  return (
    <>
      <Setting
        setting={setting}
        title="Identity provider"
        act={isSetUp ? 'Change' : 'Set up'}
        form={(onDone) => <Form value={value} onDone={onDone} />}
      >
        <p>{stands(value)}</p>
        {isSetUp && <Facts value={value} />}
      </Setting>
      <Panel id="redirect" title="What the provider is told">
        <div className="body stack">
          <p className="soft">Register Subrosa at the provider as a web application (OpenID Connect, code with PKCE) with this address.</p>
          <Address label="Redirect address" text={settings.ssoRedirect} />
        </div>
      </Panel>
    </>
  )
}

function stands({ on, label, clientId }: Read): string {
  if (on) return `On. The sign-in page offers “${label}” beside the firm’s own passwords and passkeys.`
  return clientId
    ? 'Off. What was set up is kept.'
    : 'The firm has none. People sign in with the passwords and passkeys that they keep here.'
}

function Facts({ value }: { value: Read }) {
  const { acr, amr } = value.secondFactor
  return (
    <dl className="kv">
      <dt>Label</dt>
      <dd>{value.label}</dd>
      <dt>Issuer</dt>
      <dd>{value.issuer}</dd>
      <dt>Client id</dt>
      <dd>{value.clientId}</dd>
      <dt>Client secret</dt>
      <dd>{value.clientSecretSet ? 'Kept, and never shown' : 'None'}</dd>
      <dt>Second factor</dt>
      <dd>
        {acr.length + amr.length === 0
          ? 'Subrosa asks for its own'
          : [acr.length && `acr ${acr.join(', ')}`, amr.length && `amr ${amr.join(', ')}`].filter(Boolean).join('; ')}
      </dd>
      <dt>Who comes in</dt>
      <dd>
        {JOINING[value.joining]}
        {value.joining === 'groups' && `, by the claim ${value.groupsClaim}`}
      </dd>
    </dl>
  )
}

type FormValues = Omit<Value, 'clientSecret' | 'secondFactor'> & { clientSecret: string; acr: string; amr: string }
const wordsOf = (text: string) => text.split(/[\s,]+/).filter(Boolean)

function Form({ value, onDone }: { value: Read; onDone: () => void }) {
  const { clientSecretSet, secondFactor, ...rest } = value
  // the address that it comes with is nobody’s
  const issuer = value.clientId ? value.issuer : ''
  const initial: FormValues = { ...rest, issuer, clientSecret: '', acr: secondFactor.acr.join(' '), amr: secondFactor.amr.join(' ') }
  return (
    <SettingForm<FormValues>
      name="sso"
      initial={initial}
      toValue={({ acr, amr, clientSecret, ...values }) => ({
        ...values,
        secondFactor: { acr: wordsOf(acr), amr: wordsOf(amr) },
        ...(clientSecret && { clientSecret }),
      })}
      check={({ issuer, clientId }) => ({
        ...(!/^https?:\/\/\S+$/.test(issuer) && { issuer: 'An address that begins with https://, as the provider names itself.' }),
        ...(!clientId.trim() && { clientId: 'This is needed.' }),
      })}
      onDone={onDone}
    >
      {(form) => (
        <>
          <Switch
            withThumbIndicator={false}
            label="On"
            description="Off, nobody can sign in by it; what is set up is kept."
            {...form.getInputProps('on', { type: 'checkbox' })}
          />
          <TextInput label="Label" description="What the button on the sign-in page says." {...form.getInputProps('label')} />
          <TextInput
            label="Issuer"
            description="As the provider names itself: https://login.firm.example"
            type="url"
            {...form.getInputProps('issuer')}
          />
          <TextInput label="Client id" autoComplete="off" {...form.getInputProps('clientId')} />
          <PasswordInput
            label="Client secret"
            description={
              clientSecretSet
                ? 'One is kept. Leave this empty to keep it, unless the issuer is another one.'
                : 'It is kept sealed and never shown again.'
            }
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the client secret' }}
            {...form.getInputProps('clientSecret')}
          />
          <fieldset className="stack">
            <legend className="lab">What counts as a second factor</legend>
            <p className="meta">
              Values that the provider sends when it has asked for one, with spaces between. With none, Subrosa asks for its own.
            </p>
            <TextInput label="acr" {...form.getInputProps('acr')} />
            <TextInput label="amr" description="mfa, hwk, otp and the like." {...form.getInputProps('amr')} />
          </fieldset>
          <Radio.Group label="Who comes in" {...form.getInputProps('joining')}>
            <div className="rolechoice">
              <Radio value="invited" label={JOINING.invited} />
              <Radio value="groups" label={JOINING.groups} description="They come in with the roles of their groups." />
            </div>
          </Radio.Group>
          {form.values.joining === 'groups' && <TextInput label="Claim that names the groups" {...form.getInputProps('groupsClaim')} />}
        </>
      )}
    </SettingForm>
  )
}
