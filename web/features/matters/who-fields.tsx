import { Radio, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { WhoWish } from './who.ts'

type Form = { values: WhoWish; errors: Record<string, React.ReactNode>; getInputProps: (field: string) => object }
type Props = { form: Form; label: string; autoFocus?: boolean }

/** A name and everything else that someone goes by. All of it is held against the conflicts register. */
export function WhoFields({ form, label, autoFocus = false }: Props) {
  const { formerNames, aliases, emails, addresses } = form.values
  const [asked, setAsked] = useState(false)
  const [has] = useState(formerNames.length + aliases.length + emails.length + addresses.length > 0)
  const more = has || asked
  const wrong = (['formerNames', 'aliases', 'emails', 'addresses'] as const).some((field) => Boolean(form.errors[field]))
  const isPerson = form.values.kind === 'person'
  return (
    <>
      <TextInput label={label} data-autofocus={autoFocus || undefined} {...form.getInputProps('name')} />
      <Radio.Group label="Kind" {...form.getInputProps('kind')}>
        <div className="row wrap kinds4">
          <Radio value="organization" label="Organization" />
          <Radio value="person" label="Person" />
        </div>
      </Radio.Group>
      {!more && !wrong && (
        <div>
          <button type="button" className="plainlink meta" onClick={() => setAsked(true)}>
            Add former names, other names, e-mail, addresses
          </button>
        </div>
      )}
      {(more || wrong) && (
        <>
          <Names
            form={form}
            field="formerNames"
            autoFocus={asked}
            label="Former names"
            description={isPerson ? 'A birth name, a name before a marriage.' : 'What it was called before a change or a merger.'}
          />
          <Names form={form} field="aliases" label="Also known as" description="Trading names, short forms, other spellings." />
          <Names form={form} field="emails" label="E-mail" description="The part after the @ is looked at too." />
          <Names form={form} field="addresses" label="Addresses" description="One in each entry." />
        </>
      )}
    </>
  )
}

type NamesProps = { form: Form; field: keyof WhoWish; label: string; description: string; autoFocus?: boolean }

/** A name may hold a comma, so only Enter ends one. */
function Names({ form, field, label, description, autoFocus }: NamesProps) {
  return (
    <TagsInput
      label={label}
      description={`${description} Enter adds it.`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      splitChars={[]}
      autoFocus={autoFocus}
      {...form.getInputProps(field)}
    />
  )
}
