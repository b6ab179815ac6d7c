import { Menu, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBookmark } from '@tabler/icons-react'
import { useRef } from 'react'
import { line } from '../../ui/icons.ts'
import { useSaved } from './api.ts'
import type { Asked } from './asked.ts'
import { SavedList } from './saved-list.tsx'

/** One’s saved searches beside the box; nothing while there are none. */
export function SavedMenu({ onRun }: { onRun: (asked: Asked) => void }) {
  const saved = useSaved().data ?? []
  const [opened, list] = useDisclosure()
  const button = useRef<HTMLButtonElement>(null)
  if (saved.length === 0) return null
  return (
    <>
      <Menu withInitialFocusPlaceholder={false} position="bottom-end" width="18rem">
        <Menu.Target>
          <button type="button" className="icon" aria-label="Saved searches" title="Saved searches" ref={button}>
            <IconBookmark {...line} />
          </button>
        </Menu.Target>
        <Menu.Dropdown className="savedmenu">
          {saved.map((one) => (
            <Menu.Item key={one.id} onClick={() => onRun({ words: one.words, narrow: one.narrow, order: one.order })}>
              {one.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            onClick={() => {
              button.current?.focus()
              list.open()
            }}
          >
            Rename or forget…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={opened} onClose={list.close} title="Saved searches" size="36rem">
        <SavedList
          onRun={(asked) => {
            list.close()
            onRun(asked)
          }}
        />
      </Modal>
    </>
  )
}
