/// <reference lib="dom" />
import { chromium } from 'playwright-core'
import { existsSync, openAsBlob } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openKeyring } from '../src/platform/keyring.ts'
import { connect } from '../src/platform/postgres.ts'
import { USER_AGENT } from '../test/world/caller.ts'
import type { Firm } from './firm.ts'
import { comesAlong } from './large-firm.ts'
import { row, type Figure } from './measure.ts'

const CHROMIUM = '/usr/bin/chromium'
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
    if (!existsSync(CHROMIUM)) return []
    const firm = await stage.firm()
    const matter = await firm.matter('A long document')
    const path = join(await stage.folder('pdf'), 'long.pdf')
    await writePdf(path, stage.quick ? 64 * 1024 : MB)
    const { size } = await stat(path)
    const url = `http://localhost:${firm.port}`
    const sent = await fetch(`${url}/api/matters/${matter}/documents?name=long.pdf`, {
      method: 'POST',
      body: await openAsBlob(path),
      headers: { 'authorization': `Bearer ${firm.token}`, 'content-type': 'application/octet-stream' },
    })
    if (sent.status !== 201) throw new Error(`the upload answered ${sent.status}`)
    await sent.text()
    const { documents } = await firm.caller.ok('document.list', { params: { matter } })
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, userAgent: USER_AGENT })
      const [name, value] = firm.caller.cookie!.split('=', 2) as [string, string]
      await context.addCookies([{ name, value, url }])
      const page = await context.newPage()
      await page.goto(`${url}/matters/${matter}/documents/${documents[0]!.id}`)
      const field = page.getByLabel(`Page, of ${PAGES}`)
      await field.waitFor({ timeout: 120_000 })
      await field.fill(String(WANTED))
      await field.press('Enter')
      await page.getByText(`This is page ${WANTED}.`).waitFor({ state: 'attached', timeout: 120_000 })
      await page.waitForLoadState('networkidle')
      const read = await delivered(firm, matter)
      return [row(pdfPage, read / MB, null, `the file has ${(size / MB).toFixed(0)} MiB`)]
    } finally {
      await browser.close()
    }
  },
}

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

/** A PDF with a line of text and an image of about `bytes` on each page, its cross-reference table at its end (ISO 32000-1, 7.5). */
async function writePdf(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w')
  let at = 0
  const places: number[] = []
  const put = async (content: Buffer | string) => {
    const part = Buffer.from(content as string)
    await file.write(part)
    at += part.length
  }
  const object = async (number: number, body: string, stream?: Buffer) => {
    places[number] = at
    await put(`${number} 0 obj\n${body}\n`)
    if (stream) {
      await put('stream\n')
      await put(stream)
      await put('\nendstream\n')
    }
    await put('endobj\n')
  }
  const side = Math.floor(Math.sqrt(bytes))
  const picture = Buffer.alloc(side * side, 0xdd)
  await put('%PDF-1.7\n')
  await object(1, '<< /Type /Catalog /Pages 2 0 R >>')
  await object(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>')
  // a tree of tens, as writers of long files make it: in a flat one a reader looks at every page before the one it wants
  const TENS = PAGES / 10
  const first = (page: number) => 4 + TENS + (page - 1) * 3
  for (let page = 1; page <= PAGES; page += 1) {
    const [leaf, content, image] = [first(page), first(page) + 1, first(page) + 2]
    const resources = `/Resources << /Font << /F 3 0 R >> /XObject << /I ${image} 0 R >> >>`
    await object(
      leaf,
      `<< /Type /Page /Parent ${4 + Math.floor((page - 1) / 10)} 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${content} 0 R >>`,
    )
    const text = Buffer.from(`q 400 0 0 400 90 90 cm /I Do Q BT /F 24 Tf 90 700 Td (This is page ${page}.) Tj ET`)
    await object(content, `<< /Length ${text.length} >>`, text)
    const shape = `/Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8`
    await object(image, `<< /Type /XObject /Subtype /Image ${shape} /Length ${picture.length} >>`, picture)
  }
  const kids = (count: number, of: (n: number) => number) => Array.from({ length: count }, (_, n) => `${of(n)} 0 R`).join(' ')
  for (let ten = 0; ten < TENS; ten += 1)
    await object(4 + ten, `<< /Type /Pages /Parent 2 0 R /Count 10 /Kids [${kids(10, (n) => first(ten * 10 + n + 1))}] >>`)
  await object(2, `<< /Type /Pages /Count ${PAGES} /Kids [${kids(TENS, (n) => 4 + n)}] >>`)
  const table = at
  const count = first(PAGES + 1)
  await put(`xref\n0 ${count}\n0000000000 65535 f \n`)
  for (let number = 1; number < count; number += 1) await put(`${String(places[number]).padStart(10, '0')} 00000 n \n`)
  await put(`trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`)
  await file.close()
}
