import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { Stop } from '../platform/refusal.ts'

const STEERING = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu
/** Text as it may stand on a terminal: what would steer it, or turn the reading direction, is written as an escape. */
export const safe = (text: string): string =>
  text.replace(STEERING, (mark) => {
    const point = mark.codePointAt(0)!
    return point < 0x100 ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16)}}`
  })

/** A line of the result, on standard output. */
export const print = (line = ''): void => void process.stdout.write(`${line}\n`)
/** The result as one line of JSON, on standard output; what would steer a terminal stands as an escape of JSON's own. */
export const printJson = (value: unknown): void => void process.stdout.write(`${safeJson(value)}\n`)
export const safeJson = (value: unknown): string =>
  JSON.stringify(value).replace(STEERING, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
/** A line about the work, on standard error: never part of the result. */
export const tell = (line: string): void => {
  clearLine()
  process.stderr.write(`${line}\n`)
}

let drawn = false
function clearLine(): void {
  if (drawn) process.stderr.write('\r\x1b[2K')
  drawn = false
}

export type Progress = { show(line: string): void; end(): void }
const LINES_EVERY_MS = 5000
const DRAWN_EVERY_MS = 100

/** One line that stays in place on a terminal; anywhere else a line every few seconds, so that a log stays readable. */
export function progress(): Progress {
  const isTerminal = process.stderr.isTTY === true
  let last = isTerminal ? -Infinity : performance.now()
  return {
    show: (line) => {
      const at = performance.now()
      if (at - last < (isTerminal ? DRAWN_EVERY_MS : LINES_EVERY_MS)) return
      last = at
      if (!isTerminal) return void process.stderr.write(`${line}\n`)
      clearLine()
      process.stderr.write(line.slice(0, Math.max(20, (process.stderr.columns || 80) - 1)))
      drawn = true
    },
    end: clearLine,
  }
}

/** `12.3 MB`: decimal units, as disks and networks are counted. */
export function bytes(count: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, count < 1000 ? 0 : Math.floor(Math.log10(count) / 3))
  return step === 0 ? `${count} bytes` : `${(count / 1000 ** step).toFixed(1)} ${units[step]}`
}
/** `1:05` or `2:03:04`. */
export function duration(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** Asks on the terminal; `hidden` shows nothing of what is typed. @throws Stop `usage.missing` when nobody can be asked */
export async function ask(question: string, { flag, hidden = false }: { flag: string; hidden?: boolean }): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new Stop('usage.missing', `${flag} is missing, and there is no terminal to ask on.`)
  let silent = false
  const output = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      if (!silent) process.stderr.write(piece)
      done()
    },
  })
  const lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 })
  // nothing is open yet when something is asked
  lines.once('SIGINT', () => {
    process.stderr.write('\n')
    lines.close()
    process.exit(130)
  })
  try {
    const answer = lines.question(question)
    silent = hidden
    const text = await answer
    if (hidden) process.stderr.write('\n')
    return text
  } finally {
    lines.close()
  }
}
