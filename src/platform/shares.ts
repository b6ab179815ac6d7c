import { combine, split } from 'shamir-secret-sharing'
import { hex } from '../core/bytes.ts'
import { keyId, newKey } from '../core/keys.ts'
import type { Share } from '../core/share.ts'

/** Splits a root key (Shamir, GF(256)); any `need` of the shares give it back, fewer say nothing about it. Nothing is kept. */
export async function splitKey(key: Buffer, { need, of }: { need: number; of: number }): Promise<Share[]> {
  const set = hex(newKey().subarray(0, 4))
  const parts = await split(Uint8Array.from(key), of, need)
  return parts.map((bytes, at) => ({ set, index: at + 1, need, of, rootKey: keyId(key), bytes: Buffer.from(bytes) }))
}

/** The key that shares of one set give. Throws an Error that says what is wrong with them, for whoever holds the sheets. */
export async function joinShares(shares: Share[]): Promise<Buffer> {
  const [first, ...rest] = shares
  if (!first) throw new Error('There is no share.')
  const stranger = rest.find((one) => one.set !== first.set)
  if (stranger)
    throw new Error(
      `These shares are of different sets: share ${first.index} is of set ${first.set}, and share ${stranger.index} of set ${stranger.set}.`,
    )
  const each = [...new Map(shares.map((one) => [one.index, one])).values()]
  if (each.length < first.need)
    throw new Error(
      `${first.need} different shares of set ${first.set} are needed, and here ${each.length === 1 ? 'is 1' : `are ${each.length}`}.`,
    )
  const key = Buffer.from(await combine(each.map((one) => Uint8Array.from(one.bytes))))
  if (keyId(key) !== first.rootKey) throw new Error(`The shares of set ${first.set} do not give the key that they name (${first.rootKey}).`)
  return key
}
