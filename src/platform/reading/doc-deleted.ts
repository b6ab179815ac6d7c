const PAGE = 512
const MOST_PAGES = 1 << 16
const DELETED = 0x0800
/** Bytes of a property's value by its kind ([MS-DOC] 2.6.1, spra); of 6 the first byte says. */
const SIZES = [1, 1, 2, 4, 2, 2, 0, 3]

/**
 * Where text stands in the stream that tracked changes have deleted ([MS-DOC] 2.8.6 PlcBteChpx, 2.9.33 ChpxFkp, 2.6.1
 * sprmCFRMarkDel): starts and ends in turn, in order and apart. What is not there or not well-formed deletes nothing: text that
 * is shown too much can be found, and text that is lost cannot.
 */
export function deletedIn(text: Buffer, list: Buffer): Uint32Array {
  const count = Math.min(MOST_PAGES, Math.max(0, Math.floor((list.length - 4) / 8)))
  const found: [start: number, end: number][] = []
  const seen = new Set<number>()
  for (let n = 0; n < count; n++) {
    const place = (list.readUInt32LE((count + 1) * 4 + n * 4) & 0x3fffff) * PAGE
    if (seen.has(place) || place + PAGE > text.length) continue
    seen.add(place)
    found.push(...deletedOf(text.subarray(place, place + PAGE)))
  }
  return joined(found)
}

function deletedOf(page: Buffer): [start: number, end: number][] {
  const runs = page[PAGE - 1]!
  // more than its page holds
  if ((runs + 1) * 4 + runs >= PAGE) return []
  const found: [start: number, end: number][] = []
  for (let n = 0; n < runs; n++) {
    const at = page[(runs + 1) * 4 + n]! * 2
    if (at && isDeleted(page.subarray(at + 1, Math.min(PAGE - 1, at + 1 + page[at]!))))
      found.push([page.readUInt32LE(n * 4), page.readUInt32LE(n * 4 + 4)])
  }
  return found
}

function isDeleted(properties: Buffer): boolean {
  for (let at = 0; at + 3 <= properties.length;) {
    const name = properties.readUInt16LE(at)
    const kind = name >> 13
    if (name === DELETED) return (properties[at + 2]! & 1) === 1
    at += 2 + (kind === 6 ? 1 + properties[at + 2]! : SIZES[kind]!)
  }
  return false
}

function joined(found: [start: number, end: number][]): Uint32Array {
  const out: number[] = []
  for (const [start, end] of found.filter(([start, end]) => start < end).sort(([a], [b]) => a - b)) {
    if (out.length && start <= out.at(-1)!) out[out.length - 1] = Math.max(out.at(-1)!, end)
    else out.push(start, end)
  }
  return Uint32Array.from(out)
}
