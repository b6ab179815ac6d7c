import { openAsBlob } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openKeyring } from '../src/platform/keyring.ts'
import { connect } from '../src/platform/postgres.ts'
import { hasBrowser, inBrowser } from './browser.ts'
import type { Firm } from './firm.ts'
import { comesAlong } from './large-firm.ts'
import { SHAPES, writePdf } from './long-pdf.ts'
import { row, type Figure, type Row } from './measure.ts'

const MB = 1024 * 1024
const PAGES = 1000
const WANTED = 900

/** Bytes of a stored file of 1 GiB that showing its page 900 takes, in the page's own viewer. */
export const pdfPage: Figure = {
  id: 'pdf-page-900',
  unit: 'MiB',
  what: 'read of a PDF of 1 GiB and 1,000 pages to show page 900 in the page (Chromium), from its opening on',
  bar: { most: 4 },
  measure: async (stage) => {
    if (!hasBrowser) return []
    const firm = await stage.firm()
    const rows: Row[] = []
    for (const shape of SHAPES) {
      const matter = await firm.matter(`A long document, ${shape}`)
      const path = join(await stage.folder('pdf'), 'long.pdf')
      await writePdf(path, PAGES, stage.quick ? 64 * 1024 : MB, shape)
      const { size } = await stat(path)
      const document = await send(firm, matter, path)
      await rm(path)
      const seconds = await show(firm, matter, document)
      const read = await delivered(firm, matter)
      const note = `${shape}; the file has ${(size / MB).toFixed(0)} MiB; page ${WANTED} stood ${seconds.toFixed(1)} s after the file was opened`
      rows.push(row({ ...pdfPage, id: `${pdfPage.id}-${shape}` }, read / MB, null, note))
    }
    const worst = rows.toSorted((a, b) => b.value - a.value)[0]!
    return [{ ...worst, id: pdfPage.id, what: `${pdfPage.what}; the worst of ${SHAPES.join(', ')}` }, ...rows]
  },
}

async function send(firm: Firm, matter: string, path: string): Promise<string> {
  const sent = await fetch(`http://localhost:${firm.port}/api/matters/${matter}/documents?name=long.pdf`, {
    method: 'POST',
    body: await openAsBlob(path),
    headers: { 'authorization': `Bearer ${firm.token}`, 'content-type': 'application/octet-stream' },
  })
  if (sent.status !== 201) throw new Error(`the upload answered ${sent.status}`)
  return ((await sent.json()) as { id: string }).id
}

/** Opens the document, goes to the page, and answers the seconds until it stands there. */
const show = (firm: Firm, matter: string, document: string): Promise<number> =>
  inBrowser(firm, async (page, url) => {
    const begun = performance.now()
    await page.goto(`${url}/matters/${matter}/documents/${document}`)
    const field = page.getByLabel(`Page, of ${PAGES}`)
    await field.waitFor({ timeout: 120_000 })
    await field.fill(String(WANTED))
    await field.press('Enter')
    await page.getByText(`This is page ${WANTED}.`).waitFor({ state: 'attached', timeout: 120_000 })
    const seconds = (performance.now() - begun) / 1000
    await page.waitForLoadState('networkidle')
    return seconds
  })

/** What the openings of a matter were given of their blobs, as the clerk wrote it down; within a chunk of 16 KiB what was read. */
async function delivered(firm: Firm, matter: string): Promise<number> {
  const { data, keyring } = firm.place
  const { db, end } = await connect(await comesAlong(data, (await openKeyring(keyring, data)).key))
  try {
    for (let before = -1; ; await pause(1000)) {
      const now = (await db.row<{ sum: string }>('select coalesce(sum(delivered), 0) as sum from app.openings where matter_id = $1', [
        matter,
      ]))!
      if (Number(now.sum) === before) return before
      before = Number(now.sum)
    }
  } finally {
    await end()
  }
}
