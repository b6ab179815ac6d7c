import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import type { ScannerSettings } from './scanner-settings.ts'

/**
 * What clamd says of a content. `unscanned`: it was not reached or died (`away`), takes no file so large (`too-large`), or said
 * something that is no verdict (`unclear`). Nothing but its own `OK` is clean.
 */
export type Verdict = { is: 'clean' } | { is: 'found'; signature: string } | { is: 'unscanned'; why: 'away' | 'too-large' | 'unclear' }
export type Scanner = {
  away: ScannerSettings['away']
  /** Hands a content to clamd, in memory only. Throws what the content throws, and nothing of clamd's. */
  scan(content: AsyncIterable<Uint8Array>): Promise<Verdict>
  /** Its version line; null when it does not answer. */
  version(): Promise<string | null>
}

/** Pieces as large as clamd's own buffer; it refuses none that are smaller than its `StreamMaxLength`. */
const PIECE = 64 * 1024
/** clamd itself gives up a file after two minutes (`MaxScanTime`). */
const SILENT_MS = 180_000
const MOST_AT_ONCE = 6
const MOST_ANSWER = 4096

/** clamd over its socket (clamd(8): `zINSTREAM`, pieces of a length in four bytes, big-endian, ended by a length of zero). */
export function openScanner({ at, away }: ScannerSettings, silentMs = SILENT_MS): Scanner {
  let running = 0
  const waiting: (() => void)[] = []
  const taking = async <T>(fn: () => Promise<T>): Promise<T> => {
    if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await fn()
    } finally {
      // the place is handed on, so that nobody comes between
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
  return {
    away,
    scan: (content) => taking(() => scan(at, content, silentMs)),
    version: () => version(at, silentMs),
  }
}

async function version(at: ScannerSettings['at'], silentMs: number): Promise<string | null> {
  const line = new Line(at, Math.min(silentMs, 5000))
  await line.write(Buffer.from('zVERSION\0'))
  const said = await line.answer()
  line.end()
  return said !== null && /^ClamAV /.test(said) ? said : null
}

async function scan(at: ScannerSettings['at'], content: AsyncIterable<Uint8Array>, silentMs: number): Promise<Verdict> {
  const line = new Line(at, silentMs)
  let isWhole = false
  try {
    await line.write(Buffer.from('zINSTREAM\0'))
    for await (const part of content) {
      for (let start = 0; start < part.length && line.isOpen; start += PIECE) {
        const piece = part.subarray(start, start + PIECE)
        const length = Buffer.alloc(4)
        length.writeUInt32BE(piece.length)
        await line.write(Buffer.concat([length, piece]))
      }
      // it has said its word already, or is gone
      if (!line.isOpen) break
    }
    isWhole = line.isOpen
    await line.write(Buffer.alloc(4))
    const said = await line.answer()
    // a file that is too large for it may break the line before its word is read: it is there, and gave no verdict
    if (said === null && (await version(at, silentMs)) !== null) return { is: 'unscanned', why: 'unclear' }
    const verdict = verdictOf(said)
    // nobody knows of a content to be clean who has not had all of it
    return verdict.is === 'clean' && !isWhole ? { is: 'unscanned', why: 'unclear' } : verdict
  } finally {
    line.end()
  }
}

function verdictOf(said: string | null): Verdict {
  if (said === null) return { is: 'unscanned', why: 'away' }
  if (said === 'stream: OK') return { is: 'clean' }
  if (/size limit exceeded/i.test(said)) return { is: 'unscanned', why: 'too-large' }
  const found = /^stream: (\S[\x20-\x7e]{0,199}) FOUND$/.exec(said)?.[1]
  if (!found) return { is: 'unscanned', why: 'unclear' }
  // with AlertExceedsMax it says so of what it has not read to the end
  return /^Heuristics\.Limits\.Exceeded/.test(found) ? { is: 'unscanned', why: 'too-large' } : { is: 'found', signature: found }
}

/** One connection: what is written, and the one answer. It fails in silence; then its answer is null. */
class Line {
  isOpen = true
  readonly #socket: Socket
  readonly #said: Promise<string | null>

  constructor(at: ScannerSettings['at'], silentMs: number) {
    this.#socket = connect(at)
    this.#socket.setTimeout(silentMs, () => this.#socket.destroy())
    this.#said = new Promise((resolve) => {
      let said = ''
      const over = () => {
        this.isOpen = false
        resolve(said.includes('\0') ? said.slice(0, said.indexOf('\0')) : null)
      }
      this.#socket.on('data', (part: Buffer) => {
        said += part.toString('latin1')
        if (!said.includes('\0') && said.length <= MOST_ANSWER) return
        over()
        this.#socket.end()
      })
      this.#socket.on('error', over)
      this.#socket.on('close', over)
    })
  }

  /** Resolves when there is room for more, or when it is over. */
  async write(bytes: Buffer): Promise<void> {
    if (!this.isOpen || this.#socket.write(bytes)) return
    await Promise.race([once(this.#socket, 'drain').catch(() => {}), this.#said])
  }
  answer(): Promise<string | null> {
    return this.#said
  }
  end(): void {
    this.#socket.destroy()
  }
}
