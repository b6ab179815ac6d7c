/** What doctor found. `do` is what to do about it; null when nothing is to be done. Never holds a secret. */
export type Finding = { id: string; state: 'ok' | 'note' | 'unsafe'; text: string; do: string | null }

export const ok = (id: string, text: string): Finding => ({ id, state: 'ok', text, do: null })
export const note = (id: string, text: string, advice: string | null = null): Finding => ({ id, state: 'note', text, do: advice })
export const unsafe = (id: string, text: string, advice: string): Finding => ({ id, state: 'unsafe', text, do: advice })
