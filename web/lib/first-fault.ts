import { useEffect } from 'react'

const goTo = (form: HTMLElement) => {
  const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]')
  const field = wrong?.matches('input, textarea, select') ? wrong : wrong?.querySelector<HTMLElement>('input, textarea, select')
  field?.focus()
}

/** A form that was sent and does not stand: the focus goes to its first fault. */
export function useFirstFault(): void {
  useEffect(() => {
    // after the page has drawn what the form found
    const onSubmit = ({ target }: SubmitEvent) => setTimeout(() => target instanceof HTMLElement && goTo(target))
    document.addEventListener('submit', onSubmit)
    return () => document.removeEventListener('submit', onSubmit)
  }, [])
}
