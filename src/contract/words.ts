import { z } from 'zod'

/** Classification, mildest first; anything tied to a matter is at least confidential (ABA Model Rule 1.6). */
export const CLASSES = ['public', 'internal', 'confidential', 'privileged', 'restricted'] as const
export const Class = z.enum(CLASSES)
export type Class = z.infer<typeof Class>

/** The stricter of two. */
export const stricter = <C extends Class>(one: C, other: C): C => (CLASSES.indexOf(one) >= CLASSES.indexOf(other) ? one : other)

export const MatterClass = z.enum(['confidential', 'privileged', 'restricted'])

/** UTC, RFC 3339 with milliseconds. */
export const Instant = z.iso.datetime()

/**
 * Why a name cannot stand, or null when it can: controls, line breaks and the marks that turn the reading
 * direction (Unicode Bidi_Control) let a name show as something other than it is.
 */
export function nameFault(name: string, maxBytes: number): string | null {
  if (name.trim() === '') return 'A name needs at least one letter.'
  if (!name.isWellFormed()) return 'The name is not valid Unicode.'
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) return 'The name holds a control character.'
  if (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(name)) return 'The name holds a mark that turns the reading direction.'
  if (new TextEncoder().encode(name).length > maxBytes) return `The name is longer than ${maxBytes} bytes.`
  return null
}

/** A file's or folder's name: `nameFault`, and no path in it. At most 255 bytes of UTF-8. */
export function fileNameFault(name: string): string | null {
  if (/[/\\]/.test(name)) return 'The name holds a slash.'
  if (name === '.' || name === '..') return 'The name is a path, not a name.'
  return nameFault(name, 255)
}

const checked = (fault: (name: string) => string | null) =>
  z
    .string()
    .transform((value) => value.normalize('NFC'))
    .superRefine((value, context) => {
      const text = fault(value)
      if (text) context.addIssue({ code: 'custom', message: text, params: { refusal: 'name.refused' } })
    })

/** A person's, client's or matter's name; 1 to 200 bytes of UTF-8, NFC. */
export const Name = checked((name) => nameFault(name, 200)).transform((name) => name.trim())
/** A file name; 1 to 255 bytes of UTF-8, NFC. */
export const FileName = checked(fileNameFault)
/** Folder names from the top, `a/b`; empty for the matter's own floor; at most 32 deep. */
export const FolderPath = checked((path) => {
  if (path === '') return null
  const names = path.split('/')
  if (names.length > 32) return 'The folders are more than 32 deep.'
  return names.map(fileNameFault).find((fault) => fault !== null) ?? null
})
/** Read in its compatibility form (NFKC): one address in two forms of Unicode is one. */
export const Email = z.string().normalize('NFKC').meta({ format: 'email' }).pipe(z.email().max(254))
/** Free words, such as a reason; 1 to 2,000 characters. */
export const Words = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .refine((text) => nameFault(text.replace(/[\n\t]/g, ' '), 8000) === null, 'The words hold a character that cannot be shown.')
