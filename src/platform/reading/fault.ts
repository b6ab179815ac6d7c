/**
 * Why a foreign file was not read. The file is kept as it came; only its preview or its parts are not to be had.
 *
 * | code | what it is |
 * |---|---|
 * | `too-much` | larger, deeper or longer than the limits, or than the memory of a reader |
 * | `broken` | not what its kind must be; a part that is not there |
 * | `took-too-long` | a reader or whoever takes its bytes stood still |
 * | `hostile` | made to do harm: a bomb, overlapping entries, a document type, endless nesting |
 * | `encrypted` | a part under a password |
 */
export type FaultCode = 'too-much' | 'broken' | 'took-too-long' | 'hostile' | 'encrypted'

/** The message names the rule that was broken and never quotes the file. */
export class ReadingFault extends Error {
  override name = 'ReadingFault'
  readonly code: FaultCode
  constructor(code: FaultCode, message: string) {
    super(message)
    this.code = code
  }
}

export const broken = (message: string): ReadingFault => new ReadingFault('broken', message)
export const hostile = (message: string): ReadingFault => new ReadingFault('hostile', message)
export const tooMuch = (message: string): ReadingFault => new ReadingFault('too-much', message)
