import { exactKey, sameMailbox, type Address } from '../addresses/address.ts'
import { KnownAddresses } from '../addresses/alike.ts'
import { registrableOf } from '../addresses/registrable.ts'
import type { Level } from '../../contract/gate.ts'
import type { Recipient, Standing } from './situation.ts'

/**
 * One address and whose it is. A person with two addresses has two, each verified by itself. `person`: the recipient's id.
 * `standings`: all of them, whoever reaches them. `receivedFrom`: clients (ids) from whose matters something has gone to it.
 */
export type Held = {
  person: string
  name: string
  isOffice: boolean
  address: Address
  level: Level
  fell: Recipient['fell']
  coolsUntil: number | null
  standings: readonly Standing[]
  receivedFrom: ReadonlySet<string>
}

/** All addresses that the firm knows, whoever reaches them, in memory alone; `recognize` says what of them one sender may be told. */
export class Directory {
  readonly addresses = new KnownAddresses()
  readonly #byMailbox = new Map<string, Held[]>()
  readonly #byDomain = new Map<string, Held[]>()
  readonly #byKey = new Map<string, Held>()

  /** Once for each address of a person; again with what has changed in it. */
  put(held: Held): void {
    const key = heldKey(held)
    const before = this.#byKey.get(key)
    if (before) this.remove(before)
    this.#byKey.set(key, held)
    this.addresses.add(held.address, key)
    push(this.#byMailbox, sameMailbox(held.address), held)
    push(this.#byDomain, registrableOf(held.address.domain).domain, held)
  }

  remove(held: Held): void {
    const kept = this.#byKey.get(heldKey(held))
    if (!kept) return
    this.#byKey.delete(heldKey(kept))
    this.addresses.remove(kept.address, heldKey(kept))
    drop(this.#byMailbox, sameMailbox(kept.address), kept)
    drop(this.#byDomain, registrableOf(kept.address.domain).domain, kept)
  }

  /** As `KnownAddresses` names a holder. */
  of(key: string): Held | null {
    return this.#byKey.get(key) ?? null
  }
  atMailbox(address: Address): readonly Held[] {
    return this.#byMailbox.get(sameMailbox(address)) ?? []
  }
  atDomain(address: Address): readonly Held[] {
    return this.#byDomain.get(registrableOf(address.domain).domain) ?? []
  }
}

const heldKey = ({ person, address }: Held): string => `${person} ${exactKey(address)}`

function push(map: Map<string, Held[]>, key: string, held: Held): void {
  const all = map.get(key)
  if (all) all.push(held)
  else map.set(key, [held])
}
function drop(map: Map<string, Held[]>, key: string, held: Held): void {
  const rest = map.get(key)!.filter((one) => one !== held)
  if (rest.length > 0) map.set(key, rest)
  else map.delete(key)
}
