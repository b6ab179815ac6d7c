import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { equal } from '../../core/bytes.ts'
import { writeWhole } from '../../platform/durable.ts'
import { readKeyring, writeKeyring, type RootKey } from '../../platform/keyring.ts'
import { openKeystore, type Keystore } from '../../platform/keystore.ts'
import { Stop } from '../../platform/refusal.ts'
import { isGone, type Fault } from '../ledger/faults.ts'
import type { Height } from './manifest.ts'
import { nothingThere } from './manifest.ts'

/** The key backup: `root.keyring`, `keystore/` with one half a matter, and `keys.json`, which says how current it is. */
export type KeysAt = { v: 1; made: string; rootKey: string; ledger: Height }
export const ROOT = 'root.keyring'

/** What a key backup says of itself; null when there is none. @throws Stop `keyring.other_firm` */
export async function keysAt(dir: string, rootKey: RootKey): Promise<KeysAt | null> {
  const held = await readKeyring(join(dir, ROOT))
  if (held && held.id !== rootKey.id)
    throw new Stop(
      'keyring.other_firm',
      `${dir} holds the keys of another firm (root key ${held.id}; this one has ${rootKey.id}). Name another folder with --keys-to.`,
    )
  const text = (await readFile(join(dir, 'keys.json'), 'utf8').catch(nothingThere)).toString()
  return text === '' ? null : (JSON.parse(text) as KeysAt)
}

export async function openKeyStores(data: string, keysTo: string, rootKey: RootKey): Promise<{ here: Keystore; there: Keystore }> {
  await keysAt(keysTo, rootKey)
  return { here: await openKeystore(join(data, 'keystore'), rootKey.key), there: await openKeystore(join(keysTo, 'keystore'), rootKey.key) }
}

type Order = {
  stores: { here: Keystore; there: Keystore }
  rootKey: RootKey
  expected: Set<string>
  faults: Fault[]
  made: string
  ledger: Height
}

/**
 * Brings the key backup to what is held here: current keys only. A half that was erased here is erased there, and one
 * that is merely lost or broken here (`expected`: its matter stands) is kept there and named. How many are held.
 */
export async function copyKeys(
  keysTo: string,
  { stores: { here, there }, rootKey, expected, faults, made, ledger }: Order,
): Promise<number> {
  const held = new Set(await here.list())
  for (const matter of held) {
    const [mine, theirs] = [await here.get(matter).catch(isGone), await there.get(matter).catch(isGone)]
    if (mine && !(theirs && equal(mine, theirs))) await there.put(matter, mine)
    if (!mine)
      faults.push({
        what: `The key store’s half for the matter is broken here${theirs ? '; the one in the key backup was kept' : ''}.`,
        where: `matter ${matter}`,
      })
  }
  for (const matter of expected) {
    const theirs = await there.get(matter).catch(isGone)
    faults.push({
      what: `The key store’s half for the matter is missing here${theirs ? '; the one in the key backup was kept' : ''}.`,
      where: `matter ${matter}`,
    })
  }
  for (const matter of await there.list()) if (!held.has(matter) && !expected.has(matter)) await there.erase(matter)
  if ((await readKeyring(join(keysTo, ROOT)))?.id !== rootKey.id) await writeKeyring(join(keysTo, ROOT), rootKey.key)
  await writeWhole(join(keysTo, 'keys.json'), `${JSON.stringify({ v: 1, made, rootKey: rootKey.id, ledger } satisfies KeysAt)}\n`, 0o600)
  return (await there.list()).length
}
