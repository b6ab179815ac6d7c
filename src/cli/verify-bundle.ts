import { readFile } from 'node:fs/promises'
import { parseCosignerKey } from '../core/cosignature.ts'
import { checkBundle, type EvidenceResult } from '../core/evidence-check.ts'
import { goneIn } from '../core/evidence-words.ts'
import { BrokenNote, parseVkey } from '../core/note.ts'
import { Stop } from '../platform/refusal.ts'
import { EXIT } from './exit.ts'
import { print, printJson, safe } from './terminal.ts'

/** Checks one evidence bundle: no firm, no keyring, no network. Exit 0: it holds; 1: it does not; 2: it was not asked of a file, or with a key. */
export async function verifyBundle(
  file: string,
  { key, witness, json }: { key?: string[]; witness?: string[]; json?: boolean },
): Promise<void> {
  for (const one of key ?? []) checkKey(one, parseVkey)
  for (const one of witness ?? []) checkKey(one, parseCosignerKey)
  const zip = await readFile(file).catch((fault: NodeJS.ErrnoException) => {
    throw new Stop('usage.file', `${file} cannot be read (${fault.code}).`, fault)
  })
  const result = checkBundle(zip, { keys: key ?? [], witnesses: witness })
  if (result.faults.length > 0) process.exitCode = EXIT.notWhole
  if (json) return printJson(asJson(result))
  for (const fault of result.faults.slice(0, 20)) print(safe(`Fault: ${fault.what} (${fault.where})`))
  const { evidence } = result
  if (result.faults.length > 0 || !evidence) return print('It does not hold.')
  const shown = evidence.entries.filter((entry) => entry.leaf).length
  const shut = evidence.entries.length - shown
  print(
    `It holds: ${entriesOf(shown)}${shut > 0 ? ` and ${shut} places that are not shown` : ''}, in a log of ${evidence.checkpoint.size}.`,
  )
  for (const { says } of evidence.claims) print(safe(says))
  if (evidence.claims.length === 0) print('It does not show that there are no others of its kind.')
  for (const { name, time } of evidence.cosigned) print(safe(`Cosigned by ${name} at ${new Date(time * 1000).toISOString()}.`))
  for (const { matter, at } of evidence.head.destroyed)
    print(safe(`The matter ${evidence.head.names[matter] ?? matter} was destroyed on ${at.slice(0, 10)}, by the firm’s word.`))
  const gone = goneIn(evidence.entries)
  if (gone > 0) print(`The details of ${entriesOf(gone)} were destroyed and open no more; the proof holds without them.`)
  print(
    evidence.isKnownKey
      ? 'Signed with the key that you named.'
      : `Signed with ${safe(evidence.head.log.vkey)}\nCompare it with the firm’s key that you have from elsewhere: --key KEY.`,
  )
}

/** A key that was typed wrong is no word about the evidence. @throws Stop `usage.vkey` */
function checkKey(vkey: string, parse: (vkey: string) => unknown): void {
  try {
    parse(vkey)
  } catch (fault) {
    if (fault instanceof BrokenNote) throw new Stop('usage.vkey', `${safe(vkey)} is no verifier key: ${fault.message}.`, fault)
    throw fault
  }
}

const entriesOf = (n: number): string => `${n} ${n === 1 ? 'entry' : 'entries'}`

const asJson = ({ faults, evidence }: EvidenceResult) => ({
  holds: faults.length === 0,
  faults,
  ...(evidence && {
    subject: evidence.head.subject,
    period: evidence.head.period,
    claims: evidence.claims,
    entries: evidence.entries.filter((entry) => entry.leaf).length,
    notShown: evidence.entries.filter((entry) => !entry.leaf).length,
    size: evidence.checkpoint.size,
    cosigned: evidence.cosigned,
    destroyed: evidence.head.destroyed,
    key: evidence.head.log.vkey,
    isKnownKey: evidence.isKnownKey,
  }),
})
