import { Button, Drawer, Select, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { GroupId } from '../../../src/contract/ids.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { counted, dateOf, naturally } from '../../lib/format.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { className } from '../../ui/class.tsx'
import { FormEnd } from '../../ui/form-end.tsx'
import { line } from '../../ui/icons.ts'
import { useGroups } from '../access/api.ts'
import { useHandling } from '../matrix/api.ts'
import { reachWords } from '../matrix/cells.ts'
import { Asks } from '../people/asks.tsx'
import { useCloseTo, useOpenTo } from './api.ts'
import { Days } from './days-fields.tsx'
import { daysFault, untilDay } from './days.ts'

/** Practice groups that reach the matter beyond its team. */
export function OpenedTo({ matter }: { matter: MatterPage }) {
  const [opening, drawer] = useDisclosure()
  const handling = useHandling(matter.class)
  const mayOpen = matter.may.groups && handling?.groups !== false
  if (matter.openedTo.length === 0 && !matter.may.groups) return null
  return (
    <section className="panel" aria-labelledby="openedto">
      <header>
        <h2 className="sub" id="openedto">
          Opened to practice groups
        </h2>
        {mayOpen && (
          <Button className="push" size="xs" leftSection={<IconPlus {...line} size={14} />} onClick={drawer.open}>
            Open to a group
          </Button>
        )}
      </header>
      {matter.openedTo.length === 0 && (
        <p className="body soft">
          {mayOpen
            ? 'Only the team reaches this matter.'
            : `Only the team reaches this matter: ${className(matter.class)} is not opened to groups.`}
        </p>
      )}
      <ul className="facts">
        {matter.openedTo.map((opened) => (
          <Opened key={opened.group} matter={matter} opened={opened} />
        ))}
      </ul>
      <Drawer opened={opening} onClose={drawer.close} title="Open to a practice group">
        <Form matter={matter} limit={handling ? reachWords(handling) : null} onClose={drawer.close} />
      </Drawer>
    </section>
  )
}

function Opened({ matter, opened }: { matter: MatterPage; opened: MatterPage['openedTo'][number] }) {
  const [asks, setAsks] = useState(false)
  const close = useCloseTo(matter.id)
  if (asks)
    return (
      <li>
        <Asks
          act="Close it to the group"
          keep="Keep it open"
          run={async () => {
            await close.mutateAsync(opened.group)
            notifications.show({ message: `${opened.name} reaches the matter no more.` })
          }}
          onKeep={() => setAsks(false)}
        >
          Whoever reaches the matter only through {opened.name} loses it at once.
        </Asks>
      </li>
    )
  return (
    <li className="row top does">
      <div>
        <b>{opened.name}</b>
        <p className="soft">{opened.reason}</p>
        <p className="meta">
          Since {dateOf(opened.since)}
          {opened.until && `, until ${dateOf(opened.until)}`}
        </p>
      </div>
      {matter.may.groups && (
        <Button className="push" size="xs" variant="subtle" onClick={() => setAsks(true)} aria-label={`Close to ${opened.name}`}>
          Close
        </Button>
      )}
    </li>
  )
}

type FormProps = { matter: MatterPage; limit: string | null; onClose: () => void }

function Form({ matter, limit, onClose }: FormProps) {
  const groups = useGroups()
  const openTo = useOpenTo(matter.id)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { group: null as GroupId | null, reason: '', until: '' },
      validate: ({ group, reason, until }) => ({
        ...(group ? {} : { group: 'Choose the group.' }),
        ...reasonFault(faultsOf(calls['matter.openTo'].body, { group, reason })),
        ...(daysFault('', until) ? { until: daysFault('', until) } : {}),
      }),
    },
    async ({ group, reason, until }) => {
      const opened = await openTo.mutateAsync({ group: group as GroupId, reason: reason.trim(), until: untilDay(until) })
      notifications.show({ message: `${opened.name} reaches the matter now.` })
      onClose()
    },
    ['group', 'reason', 'until'],
  )
  const here = new Set<string>(matter.openedTo.map((opened) => opened.group))
  const offered = (groups.data ?? []).filter((group) => !here.has(group.id)).toSorted((a, b) => naturally(a.name, b.name))
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <p className="soft">
        Everyone in the group reaches the matter, and whoever joins the group later does too. A wall still keeps out whom it screens.
      </p>
      <Select
        openOnFocus={false}
        label="Group"
        description={limit ? `${className(matter.class)}: ${limit}.` : undefined}
        placeholder="Name of the group"
        searchable
        data={offered.map((group) => ({ value: group.id, label: `${group.name} (${counted(group.members.length, 'person', 'people')})` }))}
        nothingFoundMessage="No other group has that name."
        data-autofocus
        {...form.getInputProps('group')}
      />
      <Textarea
        label="Reason"
        description="It stands in the history."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <Days form={form} begins={false} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Open to the group
      </FormEnd>
    </form>
  )
}

const reasonFault = ({ reason }: Record<string, string>): Record<string, string> => (reason ? { reason } : {})
