import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { FORMATS } from '../../../src/contract/entry.ts'
import { address, freshly, heard } from '../../lib/ask.ts'
import { refusalOf, unreached } from '../../lib/refused.ts'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import type { Asked } from './filter-state.ts'

type Format = (typeof FORMATS)[number]

/** Takes what is shown as a file. The server writes it down, and asks for a factor proved just now. */
export function ExportMenu({ asked }: { asked: Asked }) {
  const taking = useMutation({ mutationFn: (format: Format) => freshly(() => take(asked, format)), gcTime: 0 })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconDownload {...line} />} loading={taking.isPending}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Every entry of this view. It is an entry itself.</Menu.Label>
          <Menu.Item onClick={() => taking.mutate('csv')}>Table (CSV)</Menu.Item>
          <Menu.Item onClick={() => taking.mutate('jsonl')}>JSON Lines</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {taking.error && <Fault fault={taking.error} />}
    </>
  )
}

async function take(asked: Asked, format: Format): Promise<void> {
  const answer = await fetch(address('entry.export', {}, { ...asked, format }), { credentials: 'same-origin', cache: 'no-store' }).catch(
    () => {
      throw unreached()
    },
  )
  if (!answer.ok) throw heard(refusalOf(await answer.text()))
  // where the stream breaks off this throws, and no file is left that looks whole
  const file = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = file
  link.download = `ledger.${format}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(file), 60_000)
}
