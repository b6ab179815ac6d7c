import type { Bytes } from './bytes.ts'
import { broken, tooMuch } from './fault.ts'
import type { Limits } from './reading.ts'
import { readXml, type Heard } from './xml.ts'
import { zipEntries, type ZipEntry } from './zip.ts'
import { unpack } from './zip-unpack.ts'

/** The parts of a package by name, in any case. */
export type Parts = {
  has(part: string): boolean
  /** Up to 16 MiB. @throws ReadingFault as `unpack` does; `broken` when the part is missing */
  bytes(part: string): Promise<Buffer>
  /** @throws ReadingFault as `unpack` and `readXml` do; `broken` when the part is missing */
  xml(part: string, heard: Partial<Heard>, isEnough?: () => boolean): Promise<void>
}

/** A package of Office Open XML (ECMA-376 part 2): its parts by name, without the first slash. */
export type Package = Parts & {
  main: string
  /** What a part refers to by id: a part's name, and the last word of the relation's type. External targets are left out. */
  relations(part: string): Promise<Map<string, { target: string; type: string }>>
}

const MOST_BYTES = 16 * 1024 * 1024

export async function openParts(bytes: Bytes, limits: Limits): Promise<Parts> {
  const parts = new Map<string, ZipEntry>()
  for (const entry of await zipEntries(bytes, limits)) {
    // names are the same in any case (part 2, 6.2.2.3); of two, either could be meant
    const name = entry.path.toLowerCase()
    if (parts.has(name)) throw broken('two of its parts have one name')
    parts.set(name, entry)
  }
  const entryOf = (part: string): ZipEntry => {
    const entry = parts.get(part.toLowerCase())
    if (!entry) throw broken('one of its parts is missing')
    return entry
  }
  return {
    has: (part) => parts.has(part.toLowerCase()),
    bytes: async (part) => {
      const entry = entryOf(part)
      if (entry.size > MOST_BYTES) throw tooMuch('a part of it is too long')
      return Buffer.concat(await Array.fromAsync(unpack(bytes, entry, limits)))
    },
    xml: (part, heard, isEnough) =>
      readXml(unpack(bytes, entryOf(part), limits), { open: () => {}, close: () => {}, text: () => {}, ...heard }, isEnough),
  }
}

export async function openPackage(bytes: Bytes, limits: Limits): Promise<Package> {
  const parts = await openParts(bytes, limits)
  const { has, xml } = parts
  const relations: Package['relations'] = async (part) => {
    const found = new Map<string, { target: string; type: string }>()
    const slash = part.lastIndexOf('/') + 1
    const file = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`
    if (!has(file)) return found
    await xml(file, {
      open: (name, { Id, Target, Type, TargetMode }) => {
        if (name !== 'Relationship' || TargetMode === 'External' || !Id || !Target || !Type) return
        found.set(Id, { target: resolved(part.slice(0, slash), Target), type: Type.slice(Type.lastIndexOf('/') + 1) })
      },
    })
    return found
  }
  const main = [...(await relations('')).values()].find(({ type }) => type === 'officeDocument')?.target
  if (!main) throw broken('it does not say which of its parts is the document')
  return { ...parts, main, relations }
}

/** Names only, looked up among the parts: nothing is opened by them. */
function resolved(folder: string, target: string): string {
  const names: string[] = []
  for (const name of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return names.join('/')
}
