import { REFUSALS, type RefusalCode } from '../contract/errors.ts'

/** A rule by its id and the version that it stands in: `restricted.download`, 3. */
export type Decided = { rule: string; version: number }

/** The firm's rules or the input say no. `text` is safe to show to whoever asked; `cause` is not and is never sent. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number
  readonly fields?: Record<string, string>
  /** The rule that decided, for the ledger. */
  readonly decided?: Decided

  constructor(code: RefusalCode, options: { text?: string; fields?: Record<string, string>; decided?: Decided; cause?: unknown } = {}) {
    super(options.text ?? REFUSALS[code][1], { cause: options.cause })
    this.code = code
    this.status = REFUSALS[code][0]
    this.fields = options.fields
    this.decided = options.decided
  }
}

/** The command line's no: a setting, a key or a folder is not as it must be. The sentence says what to do. */
export class Stop extends Error {
  readonly code: string
  constructor(code: string, text: string, cause?: unknown) {
    super(text, { cause })
    this.code = code
  }
}
