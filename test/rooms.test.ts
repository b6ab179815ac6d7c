import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { POWERS } from './rooms.powers.ts'

const root = join(import.meta.dirname, '..')
const files = ['src', 'web']
  .flatMap((top) => readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((name) => join(top, name)))
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|\.d\.ts$|vite\.config/.test(name) && !name.startsWith('web/dist'))
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
/** Code without comments, so that a word in a docstring is not a use. */
const codeOf = (file: string): string =>
  textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')

/** Which room may import which. A room is a folder; features know each other in one order only. */
const ROOMS: Record<string, string[]> = {
  'src/contract': [],
  'src/core': [],
  'src/finding': [],
  'src/outward/addresses': ['src/core', 'src/finding'],
  'src/outward/identifiers': ['src/core', 'src/finding'],
  'src/outward/gate': ['src/contract', 'src/outward/addresses', 'src/outward/identifiers'],
  'src/platform': ['src/contract', 'src/core', 'src/platform/drawing', 'src/platform/reading', 'src/platform/scans'],
  'src/platform/cleaning': ['src/platform/reading', 'src/platform/scans'],
  'src/platform/drawing': [],
  'src/platform/pages': ['src/platform', 'src/platform/drawing', 'src/platform/reading', 'src/platform/scans'],
  'src/platform/reading': [],
  'src/platform/scans': ['src/platform/drawing', 'src/platform/reading'],
  // a program of its own: it knows nothing of a firm
  'src/witness': ['src/core', 'src/platform'],
  'src/features/keys': ['src/contract', 'src/core', 'src/platform'],
  'src/features/ledger': ['src/contract', 'src/core', 'src/platform', 'src/features/keys'],
  'src/features/notices': ['src/contract', 'src/core', 'src/platform', 'src/features/keys'],
  'src/features/witnesses': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/notices',
    'src/features/settings',
    'src/features/sign-in',
  ],
  'src/features/rotation': ['src/contract', 'src/core', 'src/platform', 'src/features/keys', 'src/features/ledger', 'src/features/notices'],
  'src/features/siem': ['src/contract', 'src/core', 'src/platform', 'src/features/keys', 'src/features/ledger', 'src/features/notices'],
  'src/features/settings': ['src/contract', 'src/core', 'src/platform', 'src/features/keys', 'src/features/notices'],
  'src/features/sign-in': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/settings',
    'src/features/notices',
  ],
  'src/features/factors': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/settings',
    'src/features/notices',
    'src/features/sign-in',
  ],
  'src/features/access': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/settings',
    'src/features/notices',
    'src/features/sign-in',
  ],
  'src/features/people': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/settings',
    'src/features/notices',
    'src/features/sign-in',
    'src/features/factors',
    'src/features/access',
  ],
  'src/features/directory': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/settings',
    'src/features/notices',
    'src/features/sign-in',
    'src/features/access',
    'src/features/people',
  ],
  'src/features/matters': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/settings',
    'src/features/notices',
    'src/features/access',
    'src/features/conflicts',
  ],
  'src/features/recipients': [
    'src/contract',
    'src/core',
    'src/outward/addresses',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/sign-in',
    'src/features/access',
    'src/features/matters',
  ],
  'src/features/walls': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/notices',
    'src/features/sign-in',
    'src/features/access',
    'src/features/matters',
  ],
  'src/features/evidence': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/sign-in',
    'src/features/walls',
  ],
  'src/features/grants': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/settings',
    'src/features/notices',
    'src/features/access',
    'src/features/walls',
  ],
  'src/features/ledger-checks': ['src/contract', 'src/platform', 'src/features/ledger', 'src/features/notices'],
  'src/features/log-reviews': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/notices',
    'src/features/access',
  ],
  'src/features/probe': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/access',
    'src/features/people',
    'src/features/sign-in',
  ],
  'src/features/matrix': ['src/contract', 'src/core', 'src/platform', 'src/features/keys', 'src/features/notices'],
  'src/features/vault': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/platform/drawing',
    'src/platform/reading',
    'src/features/keys',
    'src/features/ledger',
    'src/features/notices',
    'src/features/matrix',
  ],
  'src/features/destruction': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/notices',
    'src/features/sign-in',
    'src/features/access',
    'src/features/walls',
    'src/features/vault',
  ],
  'src/features/firm': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/ledger',
    'src/features/settings',
    'src/features/notices',
    'src/features/sign-in',
    'src/features/factors',
  ],
  'src/features/conflicts': [
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/keys',
    'src/features/notices',
    'src/features/access',
  ],
  'src/features/search': [
    'src/contract',
    'src/core',
    'src/finding',
    'src/platform',
    'src/platform/reading',
    'src/features/keys',
    'src/features/notices',
    'src/features/settings',
    'src/features/sign-in',
    'src/features/ledger',
    'src/features/matters',
    'src/features/vault',
  ],
  'src/features/backup': ['src/contract', 'src/core', 'src/platform', 'src/features/keys', 'src/features/ledger', 'src/features/vault'],
  'src/features': [
    'src/platform',
    'src/features/rotation',
    'src/features/access',
    'src/features/conflicts',
    'src/features/destruction',
    'src/features/directory',
    'src/features/evidence',
    'src/features/factors',
    'src/features/firm',
    'src/features/grants',
    'src/features/ledger',
    'src/features/ledger-checks',
    'src/features/log-reviews',
    'src/features/matrix',
    'src/features/matters',
    'src/features/notices',
    'src/features/people',
    'src/features/probe',
    'src/features/recipients',
    'src/features/search',
    'src/features/settings',
    'src/features/siem',
    'src/features/sign-in',
    'src/features/vault',
    'src/features/walls',
    'src/features/witnesses',
  ],
  'src/door': ['src/contract', 'src/platform', 'src/features', 'src/features/sign-in'],
  'src': [
    'src/core',
    'src/platform',
    'src/features/rotation',
    'src/platform/drawing',
    'src/platform/reading',
    'src/platform/scans',
    'src/features/conflicts',
    'src/features/destruction',
    'src/features/firm',
    'src/features/grants',
    'src/features/ledger',
    'src/features/ledger-checks',
    'src/features/log-reviews',
    'src/features/matters',
    'src/features/notices',
    'src/features/people',
    'src/features/probe',
    'src/features/siem',
    'src/features/sign-in',
    'src/features/vault',
    'src/features/witnesses',
    'src/door',
    'src/features/search',
  ],
  'src/cli': [
    'src',
    'src/contract',
    'src/core',
    'src/platform',
    'src/features/backup',
    'src/features/keys',
    'src/features/ledger',
    'src/features/people',
    'src/features/vault',
    'src/witness',
  ],
  'web': ['src/contract'],
  // the page that verifies evidence by itself runs the verifier
  'web/evidence': ['src/contract', 'src/core'],
}
const roomOf = (file: string): string =>
  file.startsWith('web/evidence/')
    ? 'web/evidence'
    : file.startsWith('web/')
      ? 'web'
      : Object.keys(ROOMS)
          .filter((room) => dirname(file) === room)
          .sort((a, b) => b.length - a.length)[0]!
const importsOf = (file: string): string[] =>
  [...codeOf(file).matchAll(/^(?:import|export)\s[^'"]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)].map(
    (match) => (match[1] ?? match[2] ?? match[3])!,
  )
const targetOf = (file: string, name: string): string | null =>
  name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : null

test('every file stands in a room', () => {
  expect(files.length).toBeGreaterThan(60)
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([])
  const used = new Set(files.map(roomOf))
  expect(Object.keys(ROOMS).filter((room) => !used.has(room))).toEqual([])
})

test('rooms import only the rooms they may', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap((name) => {
      const target = targetOf(file, name)
      if (target === null || !target.startsWith('src/')) return []
      const room = roomOf(target)
      return room === roomOf(file) || ROOMS[roomOf(file)]!.includes(room!) ? [] : [`${file} imports ${target}`]
    }),
  )
  expect(wrong).toEqual([])
})

test('core can be taken alone: it imports node:crypto and one word list', () => {
  const outside = files
    .filter((file) => file.startsWith('src/core/'))
    .flatMap((file) => importsOf(file).filter((name) => !name.startsWith('./')))
  expect([...new Set(outside.map((name) => (name.startsWith('@scure/bip39') ? '@scure/bip39' : name)))].sort()).toEqual([
    '@scure/bip39',
    'node:crypto',
  ])
})

test('no file imports itself through others', () => {
  const graph = new Map(files.map((file) => [file, importsOfValues(file)]))
  const done = new Set<string>()
  const cycle = (file: string, path: string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return null
    for (const next of graph.get(file) ?? []) {
      const found = cycle(next, [...path, file])
      if (found) return found
    }
    done.add(file)
    return null
  }
  for (const file of files) expect(cycle(file, [])).toBeNull()
})

/** What a file imports at run time; types alone make no cycle. */
const importsOfValues = (file: string): string[] =>
  [...textOf(file).matchAll(/^(?:import|export) (?!type )[^'"]*?from '([^']+)'/gm)].flatMap((match) => targetOf(file, match[1]!) ?? [])

test.each(POWERS)('%s is used only where it is owned, and every owner uses it', (_, pattern, owners) => {
  const users = files.filter((file) => pattern.test(codeOf(file)))
  expect(users.sort()).toEqual([...owners].sort())
})

test('no file is longer than its room bears', () => {
  const sheets = readdirSync(join(root, 'web/styles')).map((name) => join('web/styles', name))
  const long = [...files, ...sheets].map((file) => [file, textOf(file).split('\n').length] as const).filter(([, lines]) => lines > 400)
  expect(long).toEqual([])
})

test('every note that is cited is written, once', () => {
  const all = [
    ...files,
    ...readdirSync(join(root, 'db'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.sql'))
      .map((name) => join('db', name)),
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  ]
  const cites = new Map<string, number>()
  const written = new Map<string, number>()
  for (const file of all) {
    for (const match of textOf(file).matchAll(/(^\s*(?:\/\*\*|\*|--|#+)?\s*)?\[Note: ([^\]]+)\]/gm)) {
      const name = match[2]!
      // a note is written where it opens its comment, or heads a section of the documentation
      const map = match[1] !== undefined && /^\s*(\/\*\*|\*|--|#+)\s*$/.test(match[1]) ? written : cites
      map.set(name, (map.get(name) ?? 0) + 1)
    }
  }
  expect([...cites.keys()].filter((name) => !written.has(name))).toEqual([])
  expect([...written].filter(([, times]) => times > 1)).toEqual([])
})
