import { fromBase64 } from './bytes.ts'
import { canonical } from './canonical.ts'
import type { StoredFile } from './stored-zip.ts'

// The page that verifies itself holds the bundle's files as one JSON text, base64 each, in a script element that no browser runs.

/** What stands in the built page where the files go. */
export const PLACE_OF_FILES = '{"__files__":[]}'

/** The page with these files in it. Throws RangeError when it is not the page that we build. */
export function pageWith(page: string, files: readonly StoredFile[]): Buffer {
  const parts = page.split(PLACE_OF_FILES)
  if (parts.length !== 2) throw new RangeError('the page has no place for files')
  // base64 and our own names: nothing in it ends the element
  const json = canonical(files.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes).toString('base64') })))
  return Buffer.from(parts.join(json))
}

/** The files that a page holds; null where it was not made with any. */
export function filesOfPage(json: string): StoredFile[] | null {
  const held = JSON.parse(json) as { name: string; bytes: string }[] | { __files__: [] }
  return Array.isArray(held) ? held.map(({ name, bytes }) => ({ name, bytes: fromBase64(bytes) ?? Buffer.alloc(0) })) : null
}
