import {
  BrokenNote,
  checkNoteText,
  cosignatureTime,
  cosignedBytes,
  isOfKnown,
  readVkey,
  signatureLines,
  signingPair,
  splitNote,
  type NoteKey,
} from './note.ts'

// c2sp.org/tlog-cosignature, cosignature/v1 with Ed25519 (signature type 0x04): a witness says that, as of a time, this
// checkpoint's tree is the largest consistent one that it has seen of the log.

/** `time` in seconds since 1970; `line` is the signature line without its newline. */
export type Cosignature = { name: string; id: number; time: number; line: string }

/** Signs as a witness of this name. `cosign` takes a checkpoint's text and the time in seconds, and gives the line with its newline. Throws as `signerOf`. */
export function cosignerOf(name: string, seed: Uint8Array): { name: string; vkey: string; cosign(text: string, time: number): string } {
  const pair = signingPair(name, 4, seed)
  return {
    name,
    vkey: pair.vkey,
    cosign(text, time) {
      checkNoteText(text)
      if (!Number.isSafeInteger(time) || time < 1) throw new RangeError('a cosignature’s time is in whole seconds since 1970')
      const at = Buffer.alloc(8)
      at.writeBigUInt64BE(BigInt(time))
      return pair.line(Buffer.concat([at, pair.sign(cosignedBytes(text, time))]))
    },
  }
}

/** Reads a witness's verifier key, `<name>+<8 hex digits>+<base64 of 0x04 and the public key>`. Throws BrokenNote. */
export function parseCosignerKey(vkey: string): NoteKey {
  return readVkey(vkey, 4)
}

/**
 * The cosignatures of known witnesses on a checkpoint, in the order in which they stand; those of other keys are passed over.
 * It does not look at the log's own signature: open the note with the log's key as well. Throws BrokenNote when the note is
 * malformed or a known witness's line does not verify.
 */
export function cosignaturesOn(note: string, witnesses: readonly NoteKey[]): Cosignature[] {
  const { text, lines } = splitNote(note)
  return verified(text, lines, witnesses)
}

/** The same of what a witness answered about this checkpoint: signature lines alone. Throws BrokenNote. */
export function answeredCosignatures(note: string, answer: string, witnesses: readonly NoteKey[]): Cosignature[] {
  return verified(splitNote(note).text, signatureLines(answer), witnesses)
}

/** The note with these lines behind its own; a line that stands there already is not put there twice. Throws BrokenNote. */
export function withCosignatures(note: string, lines: readonly string[]): string {
  const there = new Set(splitNote(note).lines.map((one) => one.line))
  const more = [...new Set(lines)].filter((line) => !there.has(line))
  for (const line of more) signatureLines(`${line}\n`)
  return note + more.map((line) => `${line}\n`).join('')
}

function verified(text: string, lines: ReturnType<typeof signatureLines>, witnesses: readonly NoteKey[]): Cosignature[] {
  if (witnesses.some((key) => key.type !== 4)) throw new BrokenNote('a log’s key is no witness’s key')
  return lines.flatMap((line) =>
    isOfKnown(text, line, witnesses) ? [{ name: line.name, id: line.id, time: cosignatureTime(line.signature)!, line: line.line }] : [],
  )
}
