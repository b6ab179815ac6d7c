import { mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { base64, fromBase64 } from '../core/bytes.ts'
import { cosignerOf, parseCosignerKey } from '../core/cosignature.ts'
import { BrokenNote, newSigningSeed, type NoteKey } from '../core/note.ts'
import { syncFolder, writeWhole } from '../platform/durable.ts'
import { Stop } from '../platform/refusal.ts'

/**
 * A witness and its folder: `witness.json` (name and signing seed, 0600), `logs/<hash of the origin>/` for each log that it was
 * told to trust, and `lock` while it runs.
 *
 * Trusted: whoever can read the folder can cosign in its name; whoever can put an older copy of it back can make it cosign a
 * fork. So it is not copied to a second machine, and not restored from a backup, while logs trust its key.
 */
export type Witness = {
  dir: string
  name: string
  vkey: string
  /** Its own key, as others know it. */ key: NoteKey
  cosign(text: string, time: number): string
}

const KEY = 'witness.json'

/** Makes the folder and the key; durable when it resolves. @throws Stop `witness.exists`, `witness.name`, `file.unwritable` */
export async function makeWitness(at: string, name: string): Promise<Witness> {
  const dir = resolve(at)
  const seed = newSigningSeed()
  try {
    cosignerOf(name, seed)
  } catch (fault) {
    if (!(fault instanceof BrokenNote)) throw fault
    throw new Stop(
      'witness.name',
      'The name of a witness has no spaces and no plus, such as witness.notary.example/1: a name under an address of yours.',
      fault,
    )
  }
  await mkdir(join(dir, 'logs'), { recursive: true, mode: 0o700 }).catch(refuseWrite(dir))
  if (await stat(join(dir, KEY)).catch(() => null))
    throw new Stop('witness.exists', `There is a witness in ${dir} already. Name another folder with --dir; its key is never written over.`)
  await writeWhole(join(dir, KEY), `${JSON.stringify({ name, seed: base64(seed) })}\n`, 0o600).catch(refuseWrite(dir))
  await syncFolder(join(dir, '..')).catch(() => {})
  return openWitness(dir)
}

/** @throws Stop `witness.missing`, `witness.broken` */
export async function openWitness(at: string): Promise<Witness> {
  const dir = await realpath(at).catch(() => resolve(at))
  const path = join(dir, KEY)
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT')
      throw new Stop('witness.missing', `There is no witness in ${dir}. Make one first: subrosa witness init --dir ${dir} --name NAME`)
    throw new Stop('witness.broken', `The witness’s key ${path} cannot be read (${fault.code}).`, fault)
  })
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0)
    throw new Stop('witness.broken', `Others on this machine can read the witness’s key. Run: chmod 600 ${path}`)
  try {
    const { name, seed } = JSON.parse(text) as { name: string; seed: string }
    const signer = cosignerOf(name, fromBase64(seed)!)
    return { dir, name, vkey: signer.vkey, key: parseCosignerKey(signer.vkey), cosign: signer.cosign }
  } catch (fault) {
    throw new Stop(
      'witness.broken',
      `${path} does not hold a witness’s key. Put the right file back; do not make a new one under the same name.`,
      fault,
    )
  }
}

const refuseWrite =
  (dir: string) =>
  (fault: NodeJS.ErrnoException): never => {
    throw new Stop('file.unwritable', `The folder ${dir} cannot be written (${fault.code}).`, fault)
  }
