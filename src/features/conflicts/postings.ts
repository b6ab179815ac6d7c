/**
 * Lists of small numbers by a 32-bit key, in typed arrays: for postings, where an array for each key would take ten times as
 * much. Append only. Two texts that hash to one key share a list, so whoever reads it compares.
 */
export function openPostings() {
  let slots = new Int32Array(1024).fill(-1)
  let keys = new Uint32Array(512)
  let heads = new Int32Array(512)
  let counts = new Int32Array(512)
  let size = 0
  let items = new Int32Array(1024)
  let nexts = new Int32Array(1024)
  let used = 0

  const placeOf = (key: number): number => {
    const mask = slots.length - 1
    let at = Math.imul(key, 0x9e3779b1) >>> 7
    for (at &= mask; slots[at]! >= 0 && keys[slots[at]!] !== key; at = (at + 1) & mask);
    return at
  }
  const widen = (): void => {
    slots = new Int32Array(slots.length * 2).fill(-1)
    keys = grown(keys, slots.length / 2)
    heads = grown(heads, slots.length / 2)
    counts = grown(counts, slots.length / 2)
    for (let at = 0; at < size; at += 1) slots[placeOf(keys[at]!)] = at
  }
  return {
    add(key: number, item: number): void {
      if (size * 2 >= slots.length - 2) widen()
      const place = placeOf(key >>> 0)
      if (slots[place]! < 0) {
        keys[size] = key
        heads[size] = -1
        slots[place] = size
        size += 1
      }
      if (used === items.length) {
        items = grown(items, used * 2)
        nexts = grown(nexts, used * 2)
      }
      const at = slots[place]!
      items[used] = item
      nexts[used] = heads[at]!
      heads[at] = used
      counts[at]! += 1
      used += 1
    },
    count(key: number): number {
      const at = slots[placeOf(key >>> 0)]!
      return at < 0 ? 0 : counts[at]!
    },
    /** Newest first. */
    each(key: number, visit: (item: number) => void): void {
      const at = slots[placeOf(key >>> 0)]!
      for (let next = at < 0 ? -1 : heads[at]!; next >= 0; next = nexts[next]!) visit(items[next]!)
    },
    bytes: (): number => slots.byteLength + keys.byteLength * 3 + items.byteLength * 2,
  }
}
export type Postings = ReturnType<typeof openPostings>

export function grown<T extends Int32Array | Uint32Array | Uint8Array | Float32Array>(array: T, length: number): T {
  const wider = new (array.constructor as new (length: number) => T)(length)
  wider.set(array)
  return wider
}

/** FNV-1a over UTF-16 units. `seed` keeps kinds of keys apart. */
export function hashOf(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
