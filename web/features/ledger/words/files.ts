import { bytes, count, counted, fullTime } from '../../../lib/format.ts'
import { before, nothing, on, plainly, type Words } from './worded.ts'

/** Of what is done to files and folders. */
export const FILE_WORDS: Words = {
  folder: before('in'),
  size: (size) => bytes(Number(size)),
  version: (version) => (Number(version) > 1 ? `version ${String(version)}` : ''),
  from: (from, entry) => (entry.deed === 'version.added' ? `made from version ${String(from)}` : plainly('from')(from, entry)),
  toMatter: before('to the matter'),
  fromMatter: before('from the matter'),
  versions: (versions) => (Number(versions) > 1 ? `with ${counted(Number(versions), 'version')}` : ''),
  copy: on('as a copy'),
  outOf: before('out of'),
  place: nothing,
  into: before('into'),
  made: (made) => `${counted(Number(made), 'file')} made`,
  known: (known) => (Number(known) > 0 ? `${count(Number(known))} there already` : ''),
  skipped: (skipped, { deed }) =>
    Number(skipped) === 0
      ? ''
      : `${count(Number(skipped))} ${deed === 'key.rotated' ? 'passed over, as their client withheld its key' : 'left'}`,
  older: before('version'),
  newer: before('with version'),
  sha256: nothing,
  bytes: (sent, { details: { of } }) =>
    of === undefined
      ? bytes(Number(sent))
      : sent === of
        ? `whole, ${bytes(Number(sent))}`
        : `${bytes(Number(sent))} of ${bytes(Number(of))}`,
  of: nothing,
  documents: (n) => (Number(n) > 0 ? counted(Number(n), 'file') : 'the whole matter'),
  leftOut: (n) => (Number(n) === 0 ? '' : `${count(Number(n))} left out`),
  whole: (whole) => (whole === true ? 'to its end' : 'broken off'),
}

/** Of the stored files and their check. */
export const STORE_WORDS: Words = {
  good: (moment) => `last found whole on ${fullTime(String(moment))}`,
  brokenSince: (moment) => `after it was not since ${fullTime(String(moment))}`,
  files: (files) => counted(Number(files), 'file'),
  failed: (failed) => (Number(failed) > 0 ? `${counted(Number(failed), 'file')} not copied` : ''),
}
