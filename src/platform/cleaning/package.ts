import type { Bytes } from '../reading/bytes.ts'
import { broken } from '../reading/fault.ts'
import { zipEntries } from '../reading/zip.ts'
import { unpack } from '../reading/zip-unpack.ts'
import { LIMITS } from './findings.ts'
import { attribute, bytesOfTree, childrenOf, local, treeOf, type Tree } from './xml-tree.ts'
import { zipOf, type Member } from './zip-write.ts'

/** An archive in memory: its parts by name in lower case, in their order. Folders are left out. */
export type Parts = Map<string, Member>

/** @throws ReadingFault as the reader of archives does; `broken` when two parts have one name */
export async function partsOf(bytes: Bytes): Promise<Parts> {
  const parts: Parts = new Map()
  for (const entry of await zipEntries(bytes, LIMITS)) {
    if (entry.isDirectory && entry.size === 0) continue
    const key = entry.path.toLowerCase()
    if (parts.has(key)) throw broken('two of its parts have one name')
    const content = Buffer.concat(await Array.fromAsync(unpack(bytes, entry, LIMITS)))
    parts.set(key, { path: entry.path, bytes: content, isStored: entry.method === 0 })
  }
  return parts
}

/** `source`: the part that refers, '' for the package; `target`: a part's name in lower case, or what an external one says. */
export type Relation = { source: string; id: string; type: string; target: string; isExternal: boolean }

/** A package of Office Open XML (ECMA-376 part 2): trees are made once and written back only where they were changed. */
export type Package = {
  parts: Parts
  relations: Relation[]
  main: string
  of(source: string): Relation[]
  tree(part: string): Tree
}

export async function packageOf(bytes: Bytes): Promise<Package> {
  const parts = await partsOf(bytes)
  const trees = new Map<string, Tree>()
  const tree = (part: string): Tree => {
    const known = trees.get(part)
    if (known) return known
    const member = parts.get(part)
    if (!member) throw broken('one of its parts is missing')
    const made = treeOf(member.bytes)
    trees.set(part, made)
    return made
  }
  const relations = [...parts.keys()].filter((key) => /(^|\/)_rels\/[^/]*\.rels$/.test(key)).flatMap((key) => relationsIn(key, tree(key)))
  const of = (source: string) => relations.filter((one) => one.source === source)
  const main = of('').find(({ type }) => type === 'officeDocument')?.target
  if (!main || !parts.has(main)) throw broken('it does not say which of its parts is the document')
  return { parts, relations, main, of, tree }
}

/** `word/_rels/document.xml.rels` speaks for `word/document.xml`. */
export const sourceOfRelations = (key: string): string => key.replace(/(^|\/)_rels\/([^/]*)\.rels$/, '$1$2')

function relationsIn(key: string, tree: Tree): Relation[] {
  const source = sourceOfRelations(key)
  const folder = source.slice(0, source.lastIndexOf('/') + 1)
  return childrenOf(tree.root).flatMap((element) => {
    if (local(element) !== 'Relationship') return []
    const [id, target, type] = ['Id', 'Target', 'Type'].map((name) => attribute(element, name))
    if (id === undefined || target === undefined || type === undefined) return []
    const isExternal = attribute(element, 'TargetMode') === 'External'
    const word = type.slice(type.lastIndexOf('/') + 1)
    return [{ source, id, type: word, target: isExternal ? target : resolved(folder, target), isExternal }]
  })
}

/** Names only, looked up among the parts. */
function resolved(folder: string, target: string): string {
  const names: string[] = []
  const path = (target.startsWith('/') ? target : folder + target).replace(/[?#].*$/s, '')
  for (const name of unescaped(path).toLowerCase().split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return names.join('/')
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

export const relationsPart = (source: string): string => {
  const slash = source.lastIndexOf('/') + 1
  return `${source.slice(0, slash)}_rels/${source.slice(slash)}.rels`
}

const TYPES = '[content_types].xml'

/** Parts that the package reaches from its own relations, with those that say how they relate. */
export function reached({ parts, relations }: Pick<Package, 'parts' | 'relations'>): Set<string> {
  const found = new Set<string>([TYPES])
  const waiting = ['']
  const bySource = Map.groupBy(relations, ({ source }) => source)
  const seen = new Set(waiting)
  while (waiting.length) {
    const source = waiting.pop()!
    if (parts.has(relationsPart(source))) found.add(relationsPart(source))
    for (const { target, isExternal } of bySource.get(source) ?? []) {
      if (isExternal || seen.has(target)) continue
      seen.add(target)
      if (!parts.has(target)) continue
      found.add(target)
      waiting.push(target)
    }
  }
  return found
}

/**
 * The package without the relations that `isGone` knows and without what nothing else leads to; parts in `changed` as given.
 * Parts that stay and were not changed keep their bytes and their order.
 */
export function packed(office: Package, isGone: (relation: Relation) => boolean, changed: ReadonlyMap<string, Buffer>): Buffer {
  const kept = office.relations.filter((one) => !isGone(one))
  const gone = new Set(office.relations.filter(isGone).map(({ source, id }) => `${source}\n${id}`))
  const left = reached({ parts: office.parts, relations: kept })
  const members: Member[] = []
  for (const [key, member] of office.parts) {
    if (!left.has(key)) continue
    if (key === TYPES) members.push({ ...member, bytes: typesOf(member.bytes, left) })
    else if (key.endsWith('.rels') && left.has(key)) members.push({ ...member, bytes: relationsWithout(key, member.bytes, gone) })
    else members.push({ ...member, bytes: changed.get(key) ?? member.bytes })
  }
  return zipOf(members)
}

/** Whole elements are cut out of the text: what stays keeps its bytes. */
function cutElements(bytes: Buffer, isGone: (attributes: (name: string) => string | undefined, name: string) => boolean): Buffer {
  const tree = treeOf(bytes)
  let isChanged = false
  tree.root.children = tree.root.children.filter((node) => {
    if (typeof node === 'string' || !isGone((name) => attribute(node, name), local(node))) return true
    isChanged = true
    return false
  })
  return isChanged ? bytesOfTree(tree) : bytes
}

const relationsWithout = (key: string, bytes: Buffer, gone: ReadonlySet<string>): Buffer =>
  cutElements(bytes, (attributes, name) => name === 'Relationship' && gone.has(`${sourceOfRelations(key)}\n${attributes('Id') ?? ''}`))

const typesOf = (bytes: Buffer, left: ReadonlySet<string>): Buffer =>
  cutElements(
    bytes,
    (attributes, name) => name === 'Override' && !left.has((attributes('PartName') ?? '').replace(/^\//, '').toLowerCase()),
  )
