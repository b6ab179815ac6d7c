import { useForm, type UseFormInput, type UseFormReturnType } from '@mantine/form'
import { type SubmitEventHandler, useState } from 'react'
import { placeRefusal } from './form.ts'

type Sent<V> = {
  form: UseFormReturnType<V>
  submit: SubmitEventHandler<HTMLFormElement>
  /** What is said beside the fields; null for nothing. */ wrong: string | null
}

/** A form that is sent: a refusal stands at those of `fields` that it names, else beside them. */
export function useSent<V extends Record<string, unknown>>(
  options: UseFormInput<V>,
  send: (values: V) => Promise<void>,
  fields: readonly string[],
): Sent<V> {
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<V>(options)
  const submit = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      await send(values)
    } catch (fault) {
      const placed = placeRefusal(fault, fields)
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return { form, submit, wrong }
}
