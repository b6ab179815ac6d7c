import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { source } from '../../../test/scans/made.ts'
import { openScans } from './scans.ts'

// Real filings of American courts, where the machine has them.
const FOLDER = join(import.meta.dirname, '../../../../shared/corpus/filings')
const here = test.skipIf(!existsSync(FOLDER))
const scans = openScans()
afterAll(() => scans.close())

const filing = (name: string) => source(readFileSync(`${FOLDER}/${name}`))
const pagesOf = async (name: string) => (await scans.pdf(filing(name), 'a matter')).pages

here('the text of filings is read in its order, and words that a line divides keep their hyphen', async () => {
  const missouri = await pagesOf('missouri.pdf')
  expect(missouri).toHaveLength(5)
  expect(missouri.map(({ hasPictures }) => hasPictures)).toEqual([false, false, false, false, false])
  expect(missouri[1]!.text).toMatch(
    /^2\n\nconnection with plea negotiations, a number of charges were dismissed and Jagels agreed to\nplead guilty/,
  )
  const opinion = (await pagesOf('broken-mime.pdf')).map(({ text }) => text).join('\n')
  expect(opinion).toContain('vendor-plaintiffs in a related case')
  expect(opinion).toContain('predominant-factor test is reviewed')
  expect((await pagesOf('ca1_00117684624.pdf')).map(({ text }) => text).join('\n')).toMatch(/second-story/)
  expect(opinion).not.toMatch(/[\u0000-\u0008\ufffe]/)
})

here('a scanned filing is known by its pictures, though a court stamped it', async () => {
  expect(await pagesOf('image-pdf-2.pdf')).toEqual([{ text: '', hasPictures: true }])
  const stamped = await pagesOf('gov.uscourts.cand.203070.27.0.pdf')
  expect(stamped.map(({ hasPictures }) => hasPictures)).toEqual([true, true])
  expect(stamped[1]!.text).toContain('Filed 01/29/2009 Page 2 of 2')
})

test.runIf(existsSync(FOLDER) && process.env.SLOW)('a scanned filing is read by machine', async () => {
  const read = await scans.read(filing('image-pdf-2.pdf'), { page: 1 }, ['en'], 'a matter')
  expect(read).toMatchObject({ pages: 1 })
  const { text, sureness } = read as { text: string; sureness: number }
  for (const words of ['TENNESSEE BUREAU OF WORKERS', 'Docket No. 2017-03-1235', 'Charles R. Goodwin', 'Reversed and Remanded']) {
    expect(text).toContain(words)
  }
  expect(sureness).toBeGreaterThan(85)
})
