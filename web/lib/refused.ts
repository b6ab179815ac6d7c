import type { RefusalCode } from '../../src/contract/errors.ts'

/** Why a call was not done. `unreached`: no answer came, so nobody knows more than that. */
export class Refused extends Error {
  readonly code: RefusalCode | 'unreached'
  readonly text: string
  /** Sentences for single fields of the body. */
  readonly fields: Record<string, string>
  /** What to quote when something broke on the server's side. */
  readonly reference: string | null

  constructor(code: RefusalCode | 'unreached', text: string, fields: Record<string, string> = {}, reference: string | null = null) {
    super(code)
    this.code = code
    this.text = text
    this.fields = fields
    this.reference = reference
  }
}

export const unreached = () => new Refused('unreached', 'The server did not answer.')

/** Whether trying the very same again can help. */
export const canRetry = (refused: Refused) => ['unreached', 'fault', 'disk.full', 'clock.untrusted', 'key.withheld'].includes(refused.code)

/** The matter’s client withholds the key that it is under. */
export const isWithheld = (fault: unknown): fault is Refused => fault instanceof Refused && fault.code === 'key.withheld'

/** The refusal that an HTTP answer's body tells of. */
export function refusalOf(body: string): Refused {
  try {
    const { error } = JSON.parse(body) as {
      error: { code: RefusalCode; text: string; fields?: Record<string, string>; reference?: string }
    }
    return new Refused(error.code, error.text, error.fields ?? {}, error.reference ?? null)
  } catch {
    return unreached()
  }
}
