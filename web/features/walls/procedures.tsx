import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { RaiseForm } from './raise-form.ts'

/** How the screen is kept: suggested lines, each kept or struck, and others. */
export function Procedures({ form }: { form: RaiseForm }) {
  const [typed, setTyped] = useState('')
  const { procedures } = form.values
  const add = () => {
    const line = typed.trim()
    if (!line) return
    if (!procedures.some(({ text }) => text === line)) form.setFieldValue('procedures', [...procedures, { text: line, kept: true }])
    setTyped('')
  }
  return (
    <fieldset className="stack sm">
      <legend className="lab">Procedures</legend>
      {procedures.map((line, index) => (
        <Checkbox
          key={line.text}
          className="procedure"
          label={line.text}
          checked={line.kept}
          onChange={(event) => form.setFieldValue(`procedures.${index}.kept`, event.currentTarget.checked)}
        />
      ))}
      {form.errors.procedures && <p className="mantine-InputWrapper-error">{form.errors.procedures}</p>}
      <div className="row top addline">
        <TextInput
          aria-label="Another line"
          placeholder="Another line"
          maxLength={500}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Button onClick={add} disabled={procedures.length >= 30}>
          Add
        </Button>
      </div>
    </fieldset>
  )
}
