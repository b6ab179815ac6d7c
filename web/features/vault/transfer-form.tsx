import { Autocomplete, Button, Radio, Select, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { count } from '../../lib/format.ts'
import { Wrong } from '../../ui/fact.tsx'
import { useMatterPages } from '../matters/api.ts'
import { useMe } from '../session/api.ts'
import { useFolders } from './filing.ts'
import { files } from './filing-words.ts'
import { transferDocuments } from './transfers.ts'

type Props = {
  from: MatterId
  documents: readonly DocumentView[]
  /** These are elsewhere now. */ onGone: (ids: readonly DocumentId[]) => void
  onClose: () => void
}
type Values = { to: string; folder: string; how: 'move' | 'copy'; reason: string }

/** Into another matter: which one, into which folder, moved or copied, and why. */
export function TransferForm({ from, documents, onGone, onClose }: Props) {
  const mayCopy = useMe().data?.may.includes('document.download') ?? false
  const matters = useMatterPages()
  const { hasNextPage, isFetching, isError, fetchNextPage } = matters
  // what is looked for may be on any page
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  const others = (matters.data?.pages ?? []).flatMap((page) => page.matters).filter(({ id, status }) => id !== from && status !== 'closed')
  const [done, setDone] = useState<ReadonlySet<DocumentId>>(new Set())
  const [wrong, setWrong] = useState<string | null>(null)
  const left = documents.filter(({ id }) => !done.has(id))
  const form = useForm<Values>({
    initialValues: { to: '', folder: '', how: 'move', reason: '' },
    validate: ({ to, folder, how, reason }) => {
      const body = { documents: left.map(({ id }) => id).slice(0, 100), to, folder, copy: how === 'copy', reason }
      const { to: unnamed, ...faults } = faultsOf(calls['document.transfer'].body, body)
      return unnamed ? { to: 'Choose the matter.', ...faults } : faults
    },
  })
  const to = form.values.to as MatterId
  const title = others.find(({ id }) => id === to)?.title ?? ''
  const go = form.onSubmit(async ({ folder, how, reason }) => {
    setWrong(null)
    const there: DocumentId[] = []
    try {
      await transferDocuments(from, left, { to, folder, copy: how === 'copy', reason }, (ids) => {
        there.push(...ids)
        setDone((known) => new Set([...known, ...ids]))
      })
      onClose()
      notifications.show({ message: `${files(documents.length)} ${how === 'copy' ? 'copied' : 'moved'} to ${title}.` })
    } catch (fault) {
      const placed = placeRefusal(fault, ['folder', 'reason'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
    if (how === 'move') onGone(there)
  })
  return (
    <form className="stack" aria-label="Into another matter" noValidate onSubmit={go}>
      <Select
        label="Matter"
        placeholder="Title, client or number"
        data-autofocus
        searchable
        selectFirstOptionOnChange
        limit={100}
        data={others.map(({ id, number, title, client }) => ({ value: id, label: `${title} · ${number} · ${client.name}` }))}
        nothingFoundMessage={matters.isPending || hasNextPage ? 'Looking…' : 'No open matter of yours has that title, client or number.'}
        comboboxProps={{ withinPortal: false }}
        disabled={done.size > 0}
        {...form.getInputProps('to')}
        error={isError ? 'The matters could not be read. Close this and try again.' : form.errors.to}
      />
      {to && <FolderField matter={to} {...form.getInputProps('folder')} />}
      <Radio.Group label="How" {...form.getInputProps('how')}>
        <Stack gap="xs" mt={4}>
          <Radio
            value="move"
            label="Move"
            description="They stand there only. Links to them hold for whoever reaches that matter."
            disabled={done.size > 0 && form.values.how !== 'move'}
          />
          {mayCopy && (
            <Radio
              value="copy"
              label="Copy"
              description="They stay here as well, and each is a document of its own from then on."
              disabled={done.size > 0 && form.values.how !== 'copy'}
            />
          )}
        </Stack>
      </Radio.Group>
      <Textarea
        label="Reason"
        description="It stands in the history of both matters."
        autosize
        minRows={2}
        {...form.getInputProps('reason')}
      />
      <p className="meta" role="status">
        {form.submitting || done.size > 0
          ? `${count(done.size)} of ${files(documents.length)} there`
          : 'All their versions go along and are sealed anew under that matter’s keys.'}
      </p>
      <Wrong>{wrong}</Wrong>
      <div className="row">
        <Button type="submit" variant="filled" loading={form.submitting}>
          {form.values.how === 'copy' ? 'Copy there' : 'Move there'}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {done.size > 0 ? 'Leave the rest' : 'Not now'}
        </Button>
      </div>
    </form>
  )
}

function FolderField({ matter, ...field }: { matter: MatterId }) {
  const folders = useFolders(matter).data ?? []
  return (
    <Autocomplete
      label="Folder there"
      description="Empty: in no folder. A new one is made."
      data={folders}
      limit={20}
      comboboxProps={{ withinPortal: false }}
      {...field}
    />
  )
}
