import { lstat, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { FileName, FolderPath } from '../contract/words.ts'
import { Stop } from '../platform/refusal.ts'

export type Found = { path: string; /** below PATH, for people */ shown: string; folder: string; name: string; size: number }
/** What was not imported, and why, in words for whoever gave the command. */
export type LeftOut = { path: string; code: string; text: string }

/**
 * Every file below a folder (or the one file that `path` is), by name, and what cannot be imported. The folder's own
 * name is no part of the paths. Links are not followed: they could lead out of what was meant to be imported.
 * KNOWN: the whole list is held in memory, about 300 bytes a file.
 * @throws Stop `usage.path`
 */
export async function walk(path: string): Promise<{ files: Found[]; leftOut: LeftOut[] }> {
  const root = resolve(path)
  const entry = await stat(root).catch((fault: NodeJS.ErrnoException) => {
    throw new Stop('usage.path', `${path} cannot be read (${fault.code}).`, fault)
  })
  const found: Walk = { files: [], leftOut: [] }
  if (entry.isDirectory()) await into(root, '', found)
  else await one(dirname(root), '', Buffer.from(basename(root)), found, true)
  return found
}

type Walk = { files: Found[]; leftOut: LeftOut[] }

async function into(dir: string, folder: string, found: Walk): Promise<void> {
  // as bytes: a name that is not UTF-8 would come out as another one, and not be found again
  const names = await readdir(dir, { encoding: 'buffer' }).catch((fault: NodeJS.ErrnoException) => {
    found.leftOut.push({
      path: `${folder || '.'}/`,
      code: 'file.unreadable',
      text: `The folder cannot be read (${fault.code}); nothing in it was imported.`,
    })
    return []
  })
  for (const name of names.sort(Buffer.compare)) await one(dir, folder, name, found, false)
}

async function one(dir: string, folder: string, bytes: Buffer, found: Walk, follow: boolean): Promise<void> {
  const name = decoded(bytes)
  const shown = (folder === '' ? '' : `${folder}/`) + (name ?? escaped(bytes))
  const leaveOut = (code: string, text: string) => void found.leftOut.push({ path: shown, code, text })
  if (name === null)
    return leaveOut('name.refused', 'The name is not UTF-8; neither it nor, if it is a folder, anything in it was imported.')
  const path = join(dir, name)
  const entry = await (follow ? stat(path) : lstat(path)).catch((fault: NodeJS.ErrnoException) => fault)
  if (entry instanceof Error) return leaveOut('file.unreadable', `It cannot be read (${entry.code}).`)
  if (entry.isDirectory()) return into(path, shown, found)
  if (entry.isSymbolicLink()) return leaveOut('file.link', 'It is a link; links are not followed.')
  if (!entry.isFile()) return leaveOut('file.special', 'It is not a file (a device, a pipe or a socket).')
  const fault = nameFault(folder, name)
  if (fault) return leaveOut('name.refused', fault)
  if (entry.size === 0) return leaveOut('document.empty', 'The file is empty; an empty file is not kept.')
  found.files.push({ path, shown, folder, name, size: entry.size })
}

/** The server's own rules, asked before anything is sent. */
function nameFault(folder: string, name: string): string | null {
  const read = FileName.safeParse(name)
  if (!read.success) return read.error.issues[0]!.message
  const above = FolderPath.safeParse(folder)
  return above.success ? null : `Its folder: ${above.error.issues[0]!.message}`
}

function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

const escaped = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)
