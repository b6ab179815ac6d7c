import { Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from 'react-router'
import type { Me } from '../../src/contract/session.ts'
import { useKeys } from '../lib/keys.ts'
import { pagesFor } from './pages.ts'

/** The keys that work on every page, and the list of all of them behind `?`. */
export function KeysHelp({ me }: { me: Me }) {
  const [open, help] = useDisclosure()
  const go = useNavigate()
  const pages = pagesFor(me)
  useKeys({
    '?': help.open,
    '/': () => document.querySelector<HTMLInputElement>('[data-filter]')?.focus(),
    ...Object.fromEntries(pages.map((page) => [page.key, () => void go(page.to)])),
  })
  const keys: [string, string][] = [
    ['Ctrl K', 'Find or do'],
    ['/', 'Filter the list; on the page of search, its box'],
    ...pages.map((page): [string, string] => [page.key, page.name]),
    ['j k', 'Move in a list of files or of what was found; the arrows do the same'],
    ['Enter', 'Open the file or the folder'],
    ['a', 'Add files to the matter'],
    ['Space', 'Choose a file; with Shift and the arrows several, with Ctrl A all'],
    ['Space p', 'In what was found: every passage of the document'],
    ['n p', 'Among passages: the next, the one before; o opens the file there'],
    ['e', 'In what was found: narrow it'],
    ['m', 'Move what is chosen'],
    ['F2', 'Rename the file or the folder'],
    ['Delete', 'Put what is chosen into the trash'],
    ['Esc', 'Close the nearest thing'],
    ['?', 'This list'],
  ]
  return (
    <Modal opened={open} onClose={help.close} title="Keys">
      <div className="stack">
        <dl className="kv keys">
          {keys.map(([key, does]) => (
            <div key={key} className="keyline">
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <p className="meta">Single keys rest while you type. They can be turned off in My account.</p>
      </div>
    </Modal>
  )
}
