import { Button, Select, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { type DocumentAbout, type DocumentView, Privilege } from '../../../src/contract/document.ts'
import { calls } from '../../../src/contract/calls.ts'
import { dateOf, fullTime, inFours } from '../../lib/format.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { KeyLines } from '../../ui/key-lines.tsx'
import { FormEnd } from '../../ui/form-end.tsx'
import { describe } from './filing.ts'
import { heldWords, PRIVILEGE } from './filing-words.ts'
import { scanWords } from './scan-words.ts'
import { usePartFacts } from './unpacking.tsx'
import { KeptFacts } from './kept-facts.tsx'
import { TextState } from '../search/text-state.tsx'
import { useMe } from '../session/api.ts'

type Props = { document: DocumentView; mayFile: boolean }

/** What is known of a file beside its content, read and written in the same place. */
export function AboutPart({ document, mayFile }: Props) {
  const [writing, setWriting] = useState(false)
  const me = useMe().data?.id
  const partFacts = usePartFacts(document)
  const held = document.locked ? heldWords(document, me) : null
  if (writing && !held) return <Write document={document} onEnd={() => setWriting(false)} />
  const { privilege, tags, author, custodian, source, receivedOn } = document.about
  const facts: [string, React.ReactNode][] = [
    ['Privilege', PRIVILEGE[privilege]],
    ['Tags', tags.length > 0 && <Tags tags={tags} />],
    ['Author', author],
    ['Custodian', custodian],
    ['Source', source],
    ['Received', receivedOn && dateOf(`${receivedOn}T12:00:00`)],
  ]
  const kept: [string, React.ReactNode][] = [
    ['Folder', document.folder || 'The matter, in no folder'],
    ...partFacts,
    ['Version', `${document.version}, by ${document.by.name}, ${fullTime(document.at)}`],
    ['Malware', scanWords(document.scan)],
    ['Text', <TextState document={document} mayFile={mayFile} />],
    ['SHA-256', <span className="hash">{inFours(document.sha256)}</span>],
  ]
  return (
    <section className="aboutpart" aria-label="About the file">
      <Facts of={facts} />
      {mayFile && !held && (
        <div>
          <Button onClick={() => setWriting(true)}>Change</Button>
        </div>
      )}
      {mayFile && held && <p className="meta">{held}</p>}
      <hr />
      <Facts of={kept} />
      <KeptFacts key={`${document.id} ${document.version}`} document={document} />
    </section>
  )
}

const Facts = ({ of }: { of: [string, React.ReactNode][] }) => (
  <KeyLines of={of.map(([name, value]) => [name, value || <span className="meta">Not said</span>] as const)} />
)

const Tags = ({ tags }: { tags: readonly string[] }) => (
  <span className="row wrap tags">
    {tags.map((tag) => (
      <span key={tag} className="tagmark">
        {tag}
      </span>
    ))}
  </span>
)

const FIELDS = ['privilege', 'tags', 'author', 'custodian', 'source', 'receivedOn']

function Write({ document, onEnd }: { document: DocumentView; onEnd: () => void }) {
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<Omit<DocumentAbout, 'receivedOn'> & { receivedOn: string }>({
    initialValues: { ...document.about, receivedOn: document.about.receivedOn ?? '' },
    validate: (values) => byField(faultsOf(calls['document.describe'].body, { ...values, receivedOn: values.receivedOn || null })),
  })
  const keep = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      await describe(document, { ...values, receivedOn: values.receivedOn || null })
      onEnd()
    } catch (fault) {
      const placed = placeRefusal(fault, FIELDS)
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form
      className="aboutpart stack"
      aria-label="About the file"
      data-escapes
      noValidate
      onSubmit={keep}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onEnd()
      }}
    >
      <Select
        label="Privilege"
        description="Why it is privileged, as a privilege log names it."
        allowDeselect={false}
        autoFocus
        data={Privilege.options.map((value) => ({ value, label: PRIVILEGE[value] }))}
        {...form.getInputProps('privilege')}
      />
      <TagsInput label="Tags" description="Enter adds one; at most 20." maxTags={20} {...form.getInputProps('tags')} />
      <TextInput label="Author" {...form.getInputProps('author')} />
      <TextInput label="Custodian" description="Whose file it was when it was collected." {...form.getInputProps('custodian')} />
      <TextInput label="Source" description="Such as: opposing counsel, by e-mail." {...form.getInputProps('source')} />
      <TextInput type="date" label="Received" {...form.getInputProps('receivedOn')} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onEnd}>
        Keep
      </FormEnd>
    </form>
  )
}

/** A fault of one tag, `tags.3`, stands at the field of all of them. */
const byField = (faults: Record<string, string>) =>
  Object.fromEntries(Object.entries(faults).map(([path, text]) => [path.split('.')[0] ?? path, text]))
