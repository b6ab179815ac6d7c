import type { RefusedPath } from './reading.ts'

const LONGEST_PATH = 1024
const LONGEST_NAME = 255
/** Names that Windows gives to devices, with any ending (learn.microsoft.com, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
const CONTROL = /[\u0001-\u001f\u007f-\u009f\u2028\u2029]/
/** Marks that turn the order of what is read (Unicode TR 9), so that `exe.txt` may be `txt.exe`; and those that show nothing. */
const BIDI = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/

/** Why an archive's path must not become a name here, or null. Directories may end in a slash. Nothing is renamed. */
export function refusedPath(path: string): RefusedPath | null {
  if (path.includes('\0')) return 'nul'
  if (path.includes('\ufffd') || !path.isWellFormed()) return 'encoding'
  if (/^[a-z]:/i.test(path)) return 'drive'
  if (/^[/\\]/.test(path)) return 'absolute'
  if (/(^|[/\\])\.\.([/\\]|$)/.test(path)) return 'traversal'
  if (path.includes('\\')) return 'backslash'
  if (CONTROL.test(path)) return 'control'
  if (BIDI.test(path)) return 'bidi'
  if (Buffer.byteLength(path) > LONGEST_PATH) return 'too-long'
  const names = path.replace(/\/$/, '').split('/')
  if (names.some((name) => name === '')) return 'empty'
  if (names.includes('.')) return 'traversal'
  if (names.some((name) => Buffer.byteLength(name) > LONGEST_NAME)) return 'too-long'
  // Windows reads `CON .txt` as CON, and drops a last dot or space
  if (names.some((name) => DEVICE.test(name.replace(/ +(\.|$)/g, '$1')))) return 'device'
  if (names.some((name) => /[. ]$/.test(name))) return 'trailing'
  return null
}

/**
 * The same for all paths of one archive, with those that meet another one: by the same path, by the same Unicode form
 * (NFC), by the same letters in another case, or by a file that stands where another path has a folder. The first keeps
 * its name.
 */
export function refusedPaths(paths: string[]): (RefusedPath | null)[] {
  const kept = new Map<string, { name: string; isFolder: boolean }>()
  const folders = new Set<string>()
  return paths.map((path) => {
    const refused = refusedPath(path)
    if (refused) return refused
    const name = path.replace(/\/$/, '')
    const isFolder = name !== path
    const letters = fold(name)
    const was = kept.get(letters)
    if (was && was.isFolder !== isFolder) return 'file-as-folder'
    if (was) return was.name === name ? 'duplicate' : composed(was.name) === composed(name) ? 'duplicate-unicode' : 'duplicate-case'
    const above = [...letters.matchAll(/\//g)].map(({ index }) => letters.slice(0, index))
    if (!isFolder && folders.has(letters)) return 'file-as-folder'
    if (above.some((folder) => kept.get(folder)?.isFolder === false)) return 'file-as-folder'
    kept.set(letters, { name, isFolder })
    for (const folder of above) folders.add(folder)
    return null
  })
}

const composed = (name: string): string => name.normalize('NFC')
const fold = (name: string): string => composed(composed(name).toUpperCase().toLowerCase())
