import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { exitOf } from '../src/cli/exit.ts'
import { DEEDS } from '../src/contract/deeds.ts'
import { REFUSALS } from '../src/contract/errors.ts'
import { commit, detailsCommitment, fromText, leafBytes, originId, saltOf, type Label } from '../src/core/leaf.ts'
import { appendLeaves, emptyFrontier, leafHash, rootOfFrontier } from '../src/core/merkle.ts'
import { ledgerKey, signCheckpoint } from '../src/features/ledger/tree.ts'

// docs/settings.md is bound to the code in src/cli/docs.test.ts

const root = join(import.meta.dirname, '..')
const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const below = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name))
const documents = [...readdirSync(root).filter((name) => name.endsWith('.md')), ...below('docs', /\.md$/)].sort()
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '')

/** The cells of every table row under a heading, up to the next; without heading rows. */
function rowsUnder(name: string, heading: string): string[][] {
  const section = read(name)
    .split(/^(?=#+ )/m)
    .find((part) => part.startsWith(`${heading}\n`))
  if (section === undefined) throw new Error(`${name} has no ${heading}`)
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}
const named = (cell: string): string => /^`([^`]+)`/.exec(cell)![1]!

test('every dependency has its line, and no line names one that is gone', () => {
  const wanted = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'optionalDependencies' | 'devDependencies',
    Record<string, string>
  >
  const page = (heading: string) => rowsUnder('docs/dependencies.md', heading).map((row) => named(row[0]!))
  expect(page('## At run time').sort()).toEqual([...Object.keys(wanted.dependencies), ...Object.keys(wanted.optionalDependencies)].sort())
  expect([...page('## Built into the page'), ...page('## For building, checking and testing')].sort()).toEqual(
    Object.keys(wanted.devDependencies).sort(),
  )
})

test('the page’s dependencies are those that web/ imports', () => {
  const imported = new Set(
    below('web', /\.(tsx?|html)$/)
      .filter((name) => !name.startsWith('web/dist') && !name.endsWith('vite.config.ts'))
      .flatMap((name) => [...read(name).matchAll(/(?:from|import) '((?:@[^/']+\/)?[^/.'][^/']*)/g)].map((match) => match[1]!)),
  )
  const page = rowsUnder('docs/dependencies.md', '## Built into the page')
    .filter((row) => !row[1]!.startsWith('KNOWN'))
    .map((row) => named(row[0]!))
  expect([...imported].filter((name) => name !== 'zod').sort()).toEqual(page.sort())
})

test('every refusal stands in docs/errors.md with its status, and no other', () => {
  const written = rowsUnder('docs/errors.md', '## Refusals of the server').map((row) => [named(row[0]!), Number(row[1])])
  expect(written).toEqual(Object.entries(REFUSALS).map(([code, [status]]) => [code, status]))
})

test('every stop of the command line stands in docs/errors.md with its exit code, and no other', () => {
  const code = below('src', /(?<!\.test)\.ts$/)
    .map(read)
    .join('\n')
  const thrown = new Set([...code.matchAll(/(?:new Stop|extends Stop \{[^}]*?super)\(\s*'([a-z_.]+)'/g)].map((match) => match[1]!))
  const written = rowsUnder('docs/errors.md', '## Stops of the command line').map((row) => [named(row[0]!), Number(row[1])])
  expect(written).toEqual([...thrown].sort().map((name) => [name, exitOf(name)]))
})

test('every deed stands in docs/deeds.md, and no other', () => {
  expect(rowsUnder('docs/deeds.md', '# Deeds').map((row) => named(row[0]!))).toEqual(Object.keys(DEEDS))
})

test('README.md names every command, and no other', () => {
  const sources = below('src/cli', /(?<!\.test)\.ts$/).map(read)
  // a group within a group: `const own = key.command('own-root')`
  const inner = new Map(
    sources.flatMap((text) =>
      [...text.matchAll(/const (\w+) = (?!program)(\w+)\.command\('([\w-]+)'/g)].map(
        (match) => [match[1]!, `${match[2]} ${match[3]}`] as const,
      ),
    ),
  )
  const added = sources.flatMap((text) =>
    [...text.matchAll(/(\w+)\.command\('([\w-]+)'/g)].map((match) =>
      match[1] === 'program' ? match[2]! : `${inner.get(match[1]!) ?? match[1]} ${match[2]}`,
    ),
  )
  const groups = new Set(added.filter((name) => name.includes(' ')).map((name) => name.slice(0, name.lastIndexOf(' '))))
  const written = rowsUnder('README.md', '## The command line').flatMap((row) =>
    [...row[0]!.matchAll(/`([a-z]+(?: [a-z][a-z-]*){0,2})/g)].map((match) => match[1]!),
  )
  expect(written.sort()).toEqual(added.filter((name) => !groups.has(name)).sort())
})

test('every link between documents leads somewhere', () => {
  const anchors = (text: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
      match[1]!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    )
  const broken = documents.flatMap((name) =>
    [...prose(read(name)).matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => match[1]!)
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path, anchor] = link.split('#')
        const target = path === '' ? name : join(dirname(name), path!)
        return !existsSync(join(root, target)) || (anchor !== undefined && !anchors(read(target)).includes(anchor))
      })
      .map((link) => `${name}: ${link}`),
  )
  expect(broken).toEqual([])
})

test('every file that a document names is there', () => {
  const gone = documents.flatMap((name) =>
    [...prose(read(name)).matchAll(/`((?:src|db|test|web|docs|bin)\/[\w./-]*)`/g)]
      .map((match) => match[1]!)
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${name}: ${path}`),
  )
  expect(gone).toEqual([])
})

test('no document holds a path of someone’s machine', () => {
  expect(documents.filter((name) => /(^|[\s`(=:"'])\/(work|root)(\/|\b)/m.test(read(name)))).toEqual([])
})

test('a decision has its four parts and at most 60 lines', () => {
  const decisions = documents.filter((name) => name.startsWith('docs/decisions/'))
  expect(decisions.map((name) => Number(name.slice(-7, -3)))).toEqual(decisions.map((_, i) => i + 1))
  for (const name of decisions) {
    const text = read(name)
    expect(text.split('\n').length, name).toBeLessThanOrEqual(61)
    expect(
      ['**Context.**', '**Options.**', '**Outcome.**', '**What got worse.**'].filter((part) => !text.includes(part)),
      name,
    ).toEqual([])
  }
})

type Example = {
  id: string
  at: string
  numbered: string
  deed: string
  via: string
  actor: string
  matter: string | null
  object: string
  n: number
  m: number | null
  salt: string
  detailsSalt: string
  details: string
  /** of a leaf of version 2 */ session?: string
  place?: { id: string; salt: string; json: string }
  ground?: string
}

test('the worked example of docs/formats/ledger.md is what the code makes', () => {
  const block = (kind: string): string => new RegExp(`^\`\`\`${kind}\n([\\s\\S]*?)^\`\`\``, 'm').exec(read('docs/formats/ledger.md'))![1]!
  const leaves = (JSON.parse(block('json')) as Example[]).map((one): Buffer => {
    const own = (label: Label, value: string) => commit(saltOf(one.place ? 2 : 1, Buffer.from(one.salt, 'hex'), label), label, value)
    const { id, n, m, at, numbered, deed, via } = one
    const commitments = {
      actor: own('actor', one.actor),
      matter: own('matter', one.matter ?? ''),
      object: own('object', one.object),
    }
    const common = {
      id,
      n,
      m,
      at,
      numbered,
      deed,
      via,
      ...commitments,
      details: detailsCommitment(Buffer.from(one.detailsSalt, 'hex'), one.details),
    }
    if (!one.place) return leafBytes({ v: 1, ...common })
    const place = originId(Buffer.from(one.place.salt, 'hex'), one.place.json)
    expect(place.toString('base64')).toBe(one.place.id)
    const from = own('from', fromText(one.session!, place))
    return leafBytes({ v: 2, ...common, from, ground: own('ground', one.ground!) })
  })
  expect(block('leaves').trim().split('\n')).toEqual(leaves.map(String))
  const hashes = leaves.map(leafHash)
  const tree = appendLeaves(emptyFrontier(), hashes)
  expect(block('hashes').trim().split('\n')).toEqual([...hashes, rootOfFrontier(tree)].map((hash) => hash.toString('hex')))
  const key = ledgerKey(Buffer.from(Array.from({ length: 32 }, (_, i) => i)))
  expect(block('vkey').trim()).toBe(key.vkey)
  expect(block('note')).toBe(signCheckpoint(key, tree))
})
