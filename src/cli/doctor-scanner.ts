import { readFile, statfs } from 'node:fs/promises'
import type { Config } from '../platform/config.ts'
import { openScanner } from '../platform/scanner.ts'
import { note, ok, unsafe, type Finding } from './finding.ts'

/** Debian's; another's settings are not known here. */
const CLAMD_CONF = '/etc/clamav/clamd.conf'
/** statfs(2): tmpfs, ramfs. */
const IN_MEMORY = [0x01021994, 0x858458f6]

/** Whether files are looked at for malware, what becomes of those that are not, and where clamd puts what it is handed. */
export async function lookAtScanner({ scanner: settings }: Config, conf = CLAMD_CONF): Promise<Finding[]> {
  if (!settings)
    return [
      note(
        'scanner.none',
        'No malware scanner is set: files are kept and opened without having been looked at, and the page says so.',
        'Install clamd and set SUBROSA_CLAMD, such as unix:/run/clamav/clamd.ctl.',
      ),
    ]
  const version = await openScanner(settings).version()
  if (version) return [ok('scanner.answers', `Files are looked at for malware by ${version.split('/')[0]}.`), await spooling(conf)]
  return [
    unsafe(
      'scanner.away',
      settings.away === 'hold'
        ? 'The malware scanner does not answer: what comes in is held, and opened by nobody.'
        : 'The malware scanner does not answer: what comes in is accepted without having been looked at.',
      'Start clamd, or correct SUBROSA_CLAMD.',
    ),
  ]
}

/** clamd writes what it is handed over `INSTREAM` into a file of its `TemporaryDirectory`, readable, and leaves it there when it is killed. */
async function spooling(conf: string): Promise<Finding> {
  const advice = 'Set TemporaryDirectory in clamd.conf to a folder in memory (tmpfs) that clamd alone may enter, and restart clamd.'
  const text = await readFile(conf, 'utf8').catch(() => null)
  if (text === null)
    return note(
      'scanner.spools',
      'clamd writes each file into its temporary folder while it looks at it; where that is, is not known here.',
      advice,
    )
  const dir = /^\s*TemporaryDirectory\s+(\S+)/m.exec(text)?.[1] ?? '/tmp'
  const type = await statfs(dir).then(
    (found) => found.type,
    () => null,
  )
  if (type !== null && IN_MEMORY.includes(type)) return ok('scanner.spools', `clamd’s temporary folder ${dir} is in memory.`)
  return unsafe('scanner.spools', `clamd writes each file, readable, into ${dir} while it looks at it, and that is on a disk.`, advice)
}
