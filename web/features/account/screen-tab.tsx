import { SegmentedControl, Switch, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { singleKeys, useSingleKeys } from '../../lib/preferences.ts'
import { Panel } from './panel.tsx'

export function ScreenTab() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const keys = useSingleKeys()
  return (
    <Panel id="screen" title="Screen">
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
        <p className="meta">Both are kept in this browser.</p>
      </div>
    </Panel>
  )
}
