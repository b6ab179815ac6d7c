import { Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useRef } from 'react'
import { line } from '../../ui/icons.ts'

type Props = { label: string; acts: { name: string; run: () => void }[]; /** As a button among buttons. */ framed?: boolean }

/** Acts behind three dots, which have the focus again before an act opens a dialog: there it goes back to. */
export function More({ label, acts, framed = false }: Props) {
  const dots = useRef<HTMLButtonElement>(null)
  if (acts.length === 0) return null
  const choose = (run: () => void) => {
    dots.current?.focus()
    run()
  }
  return (
    <Menu withInitialFocusPlaceholder={false} withinPortal={false} position="bottom-end" width="15rem">
      <Menu.Target>
        {framed ? (
          <Button className="dots" aria-label={label} ref={dots}>
            <IconDots {...line} />
          </Button>
        ) : (
          <button type="button" className="icon" aria-label={label} ref={dots}>
            <IconDots {...line} />
          </button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map((act) => (
          <Menu.Item key={act.name} onClick={() => choose(act.run)}>
            {act.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
