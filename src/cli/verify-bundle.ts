import { readFile } from 'node:fs/promises'
import { checkBundle, type EvidenceResult } from '../core/evidence-check.ts'
import { goneIn } from '../core/evidence-words.ts'
import { Stop } from '../platform/refusal.ts'
import { EXIT } from './exit.ts'
import { print, printJson, safe } from './terminal.ts'

/** Checks one evidence bundle: no firm, no keyring, no network. Exit 0: it holds; 1: it does not. */
export async function verifyBundle(
  file: string,
  { key, witness, json }: { key?: string[]; witness?: string[]; json?: boolean },
): Promise<void> {
  const zip = await readFile(file).catch((fault: NodeJS.ErrnoException) => {
    throw new Stop('evidence.unreadable', `${file} cannot be read (${fault.code}).`, fault)
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
