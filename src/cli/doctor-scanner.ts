import type { Config } from '../platform/config.ts'
import { openScanner } from '../platform/scanner.ts'
import { note, ok, unsafe, type Finding } from './finding.ts'

/** Whether files are looked at for malware, and what becomes of those that are not. */
export async function lookAtScanner({ scanner: settings }: Config): Promise<Finding[]> {
  if (!settings)
    return [
      note(
        'scanner.none',
        'No malware scanner is set: files are kept and opened without having been looked at, and the page says so.',
        'Install clamd and set SUBROSA_CLAMD, such as unix:/run/clamav/clamd.ctl.',
      ),
    ]
  const version = await openScanner(settings).version()
  if (version) return [ok('scanner.answers', `Files are looked at for malware by ${version.split('/')[0]}.`)]
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
