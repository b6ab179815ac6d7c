import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { FORMATS } from '../../../src/contract/entry.ts'
import { take } from '../../lib/ask.ts'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import type { Asked } from './filter-state.ts'

type Format = (typeof FORMATS)[number]

/** Takes what is shown as a file. The server writes it down, and asks for a factor proved just now. */
export function ExportMenu({ asked }: { asked: Asked }) {
  const taking = useMutation({
    mutationFn: (format: Format) => take(`ledger.${format}`, 'entry.export', { query: { ...(asked as object), format } }),
    gcTime: 0,
  })
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
