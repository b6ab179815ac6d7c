import { z } from 'zod'

/** The sentence below a field, where the contract itself has none. Nothing here is compiled at run time: the CSP forbids it. */
const words = (issue: {
  code?: string
  format?: string
  minimum?: unknown
  maximum?: unknown
  input?: unknown
  message?: string
}): string | undefined => {
  if (issue.input === undefined || issue.input === '') return 'This is needed.'
  if (issue.code === 'invalid_format' && issue.format === 'email') return 'An e-mail address reads like ada@firm.example.'
  if (issue.code === 'too_big') return `At most ${String(issue.maximum)}.`
  if (issue.code === 'too_small') return `At least ${String(issue.minimum)}.`
  return undefined
}

z.config({ jitless: true, customError: words as never })
