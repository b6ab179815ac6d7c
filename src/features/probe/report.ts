import { signerOf } from '../../core/note.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { Found } from './run.ts'
import { AGAIN, ALPHA } from './times.ts'

export type Heading = { probe: string; startedAt: string; endedAt: string; by: string; twinOf: string; tries: number }

/**
 * A probe's report as a signed note (c2sp.org/signed-note), with the ledger's key under a name of its own: neither its first line
 * nor its signature's is a log's, and it cannot stand in for a checkpoint. docs/formats/probe.md says how to check it.
 */
export function signedReport(
  { ledgerSeed, ledgerOrigin }: Pick<FirmKeys, 'ledgerSeed' | 'ledgerOrigin'>,
  heading: Heading,
  found: Found,
): string {
  const signer = signerOf(`${ledgerOrigin}/leak-probe`, ledgerSeed)
  return signer.sign(reportText(signer.name, heading, found))
}

export function reportText(origin: string, { probe, startedAt, endedAt, by, twinOf, tries }: Heading, found: Found): string {
  const { routes, pairs, asked, differences, timed, isJudged } = found
  const lines = [
    origin,
    'Subrosa leak probe, version 1',
    '',
    `probe: ${probe}`,
    `begun: ${startedAt}`,
    `ended: ${endedAt}`,
    `run by: ${by}`,
    `twin of: ${twinOf}`,
    `routes: ${routes.length}`,
    `pairs of questions compared: ${pairs}`,
    `questions asked: ${asked}`,
    `before and after: ${isJudged ? 'compared' : 'not compared, others were at work in between'}`,
    tries === 0
      ? 'timing: left out'
      : `timing: ${tries} tries a route, half of them to train, half to test; threshold and rank; exact binomial test, Holm over all of them at ${ALPHA}; a suspected route again with ${AGAIN}`,
    `result: ${differences.length === 0 ? 'passed' : `failed, ${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}`}`,
    ...(differences.length > 0 ? ['', 'differences:'] : []),
    ...differences.map((one) => `  ${one.route}: ${one.what}: ${one.text}`),
    ...(timed.length > 0 ? ['', 'timing:'] : []),
    ...timed.map(
      (one) =>
        `  ${one.route}: ${one.pairs} tries: ${one.verdicts.map((verdict) => `${verdict.classifier} ${verdict.right} of ${verdict.decided}, p = ${verdict.p.toPrecision(3)}`).join('; ')}`,
    ),
    '',
    'asked:',
    ...routes.map((route) => `  ${route}`),
  ]
  // a note holds no control character but its line ends
  return `${lines.map((line) => line.replace(/\p{Cc}/gu, ' ')).join('\n')}\n`
}
