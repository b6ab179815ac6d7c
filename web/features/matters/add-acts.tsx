import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconFilePlus, IconFolderUp } from '@tabler/icons-react'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { Class } from '../../ui/class.tsx'
import { line } from '../../ui/icons.ts'
import type { usePicker } from '../vault/picker.tsx'
import { isStricter, MATTER_CLASSES } from './words.ts'

type Props = { matter: MatterPage; picker: ReturnType<typeof usePicker> }

/** Files and folders, of the matter’s class; or, from the menu beside, of a stricter one. */
export function AddActs({ matter, picker }: Props) {
  const { addFiles, addFolder } = picker
  const stricter = MATTER_CLASSES.filter((name) => isStricter(name, matter.class))
  const variant = matter.status === 'intake' ? 'default' : 'filled'
  return (
    <>
      <Button leftSection={<IconFolderUp {...line} />} onClick={addFolder}>
        Add a folder
      </Button>
      <Button.Group>
        <Button variant={variant} leftSection={<IconFilePlus {...line} />} onClick={addFiles}>
          Add files
        </Button>
        {stricter.length > 0 && <Stricter stricter={stricter} variant={variant} picker={picker} />}
      </Button.Group>
    </>
  )
}

type StricterProps = Pick<Props, 'picker'> & { stricter: typeof MATTER_CLASSES; variant: string }

function Stricter({ stricter, variant, picker }: StricterProps) {
  return (
    <Menu withInitialFocusPlaceholder={false} withinPortal={false} position="bottom-end" width="15rem">
      <Menu.Target>
        <Button variant={variant} className="dots" aria-label="Add with a stricter class">
          <IconChevronDown {...line} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {stricter.map((name) => [
          <Menu.Label key={name}>
            <Class of={name} />
          </Menu.Label>,
          <Menu.Item key={`${name} files`} aria-label={`Add files as ${name}`} onClick={() => picker.addFilesAs(name)}>
            Add files
          </Menu.Item>,
          <Menu.Item key={`${name} folder`} aria-label={`Add a folder as ${name}`} onClick={() => picker.addFolderAs(name)}>
            Add a folder
          </Menu.Item>,
        ])}
      </Menu.Dropdown>
    </Menu>
  )
}
