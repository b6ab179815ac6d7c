import { Button, SegmentedControl, Switch, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { fullTime } from '../../lib/format.ts'
import { singleKeys, useSingleKeys } from '../../lib/preferences.ts'
import { useSection } from '../../lib/section.ts'
import { line } from '../../ui/icons.ts'
import { useMe, useSignOut } from '../session/api.ts'
import { roleName } from './roles.ts'
import { Tokens } from './tokens.tsx'

export function AccountPage() {
  useSection('My account')
  const me = useMe().data
  const signOut = useSignOut()
  if (!me) return null
  return (
    <div className="page accountpage">
      <div className="row spread wrap">
        <div className="stack xs">
          <h1 className="title">{me.name}</h1>
          <p className="soft">
            {me.roles.map(roleName).join(', ')} at {me.firm}
          </p>
        </div>
        <Button leftSection={<IconLogout {...line} />} loading={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign out
        </Button>
      </div>
      <section className="panel" aria-labelledby="who">
        <header>
          <h2 className="sub" id="who">
            You
          </h2>
        </header>
        <dl className="kv body">
          <dt>E-mail</dt>
          <dd>{me.email}</dd>
          <dt>Signed in</dt>
          <dd>until {fullTime(me.session.endsAt)} at the latest</dd>
        </dl>
      </section>
      <Screen />
      {me.may.includes('token.manage') && <Tokens me={me} />}
    </div>
  )
}

function Screen() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const keys = useSingleKeys()
  return (
    <section className="panel" aria-labelledby="screen">
      <header>
        <h2 className="sub" id="screen">
          Screen
        </h2>
      </header>
      <div className="body stack">
        <div className="stack xs">
          <span className="lab" id="theme">
            Theme
          </span>
          <div>
            <SegmentedControl
              aria-labelledby="theme"
              value={colorScheme}
              onChange={(value) => setColorScheme(value as MantineColorScheme)}
              data={[
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
                { value: 'auto', label: 'As the system' },
              ]}
            />
          </div>
        </div>
        <Switch
          withThumbIndicator={false}
          label="Single keys"
          description="j, k, g m and the others. ? lists them. Ctrl K works always."
          checked={keys}
          onChange={(event) => singleKeys.set(event.target.checked)}
        />
        <p className="meta">Both are kept in this browser. Nothing else is.</p>
      </div>
    </section>
  )
}
