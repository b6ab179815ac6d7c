import { accessSync, constants } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

// Before anything else is loaded: compiled code is kept for the next start. Beside the packages where this user owns
// them, else in the user's own cache folder; never where others may write.
const packages = join(import.meta.dirname, '../../node_modules')
enableCompileCache(isWritable(packages) ? join(packages, '.cache/subrosa') : join(homedir(), '.cache/subrosa'))

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const { run } = await import('./program.ts')
await run(process.argv)
