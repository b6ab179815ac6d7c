import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconSun } from '@tabler/icons-react'
import { line } from './icons.ts'

/** Light or dark at one touch; *as the system says* stands in My account. */
export function ThemeSwitch() {
  const now = useComputedColorScheme('light')
  const { setColorScheme } = useMantineColorScheme()
  return (
    <button
      className="icon"
      type="button"
      aria-label={now === 'dark' ? 'Light theme' : 'Dark theme'}
      onClick={() => setColorScheme(now === 'dark' ? 'light' : 'dark')}
    >
      <IconSun {...line} />
    </button>
  )
}
