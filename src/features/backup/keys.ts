import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { equal } from '../../core/bytes.ts'
import { writeWhole } from '../../platform/durable.ts'
import { idsIn, keyOfId, saveKeyring, type RootKey } from '../../platform/keyring.ts'
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
  const held = await idsIn(join(dir, ROOT))
  if (held && !keyOfId(rootKey, held[0]!))
    throw new Stop(
      'keyring.other_firm',
      `${dir} holds the keys of another firm (root key ${held[0]}; this one has ${rootKey.id}). Name another folder with --keys-to.`,
    )
  const text = (await readFile(join(dir, 'keys.json'), 'utf8').catch(nothingThere)).toString()
  return text === '' ? null : (JSON.parse(text) as KeysAt)
}

export async function openKeyStores(data: string, keysTo: string, rootKey: RootKey): Promise<{ here: Keystore; there: Keystore }> {
  await keysAt(keysTo, rootKey)
  return { here: await openKeystore(join(data, 'keystore'), rootKey), there: await openKeystore(join(keysTo, 'keystore'), rootKey) }
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
 * Brings the key backup to what is held here. A matter whose half was erased here is erased there, and one that is merely lost
 * or broken here (`expected`: its matter stands) is kept there and named. Of a matter that stands, halves that a rotation has
 * replaced stay too: older backups of the data need them. How many matters are held.
 */
export async function copyKeys(
  keysTo: string,
  { stores: { here, there }, rootKey, expected, faults, made, ledger }: Order,
): Promise<number> {
  const held = new Set(await here.list())
  for (const { matter, version } of await here.halves()) {
    const [mine, theirs] = [await here.get(matter, version).catch(isGone), await there.get(matter, version).catch(isGone)]
    if (mine && !(theirs && equal(mine, theirs))) await there.put(matter, mine, version)
    if (!mine)
      faults.push({
        what: `The key store’s half for the matter is broken here${theirs ? '; the one in the key backup was kept' : ''}.`,
        where: `matter ${matter}`,
      })
  }
  // what was destroyed here goes there too, and is no loss
  const ended = await here.ended()
  for (const { matter, at } of ended) await there.end(matter, at)
  const destroyed = new Set(ended.map(({ matter }) => matter))
  const kept = new Set(await there.list())
  for (const matter of [...expected].filter((one) => !destroyed.has(one)))
    faults.push({
      what: `The key store’s half for the matter is missing here${kept.has(matter) ? '; the one in the key backup was kept' : ''}.`,
      where: `matter ${matter}`,
    })
  for (const matter of kept) if (!held.has(matter) && !expected.has(matter)) await there.erase(matter)
  for (const half of await there.halves()) await there.rewrap(half).catch(isGone)
  // after the halves: until here the former key opened them, and its file stood
  await saveKeyring(join(keysTo, ROOT), rootKey)
  await writeWhole(join(keysTo, 'keys.json'), `${JSON.stringify({ v: 1, made, rootKey: rootKey.id, ledger } satisfies KeysAt)}\n`, 0o600)
  return (await there.list()).length
}
