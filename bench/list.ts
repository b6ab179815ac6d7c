/// <reference lib="dom" />
import { chromium, type Page } from 'playwright-core'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { MatterId } from '../src/contract/ids.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { matterKeys } from '../src/features/keys/matter-keys.ts'
import { sealMatterText } from '../src/features/keys/matter-words.ts'
import { readFirmKeys } from '../src/platform/firm-keys.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import { openKeystore } from '../src/platform/keystore.ts'
import { connect } from '../src/platform/postgres.ts'
import { USER_AGENT } from '../test/world/caller.ts'
import type { Firm } from './firm.ts'
import { comesAlong } from './large-firm.ts'
import { median, row, scatter, type Figure } from './measure.ts'

const CHROMIUM = '/usr/bin/chromium'
const TIMES = 5

/** 50,000 documents of one matter: what the server takes for the first rows, and what a person waits for them. */
export const list: Figure = {
  id: 'list-50k',
  unit: 'ms',
  what: 'from the click on a matter of 50,000 documents to the first of its rows on the screen (Chromium)',
  bar: { most: 100 },
  measure: async (stage) => {
    const firm = await stage.firm()
    const count = stage.quick ? 5000 : 50_000
    const matter = await firm.matter('A long list')
    await seed(firm, matter, count)
    const ask = async (start: number) => {
      const begun = performance.now()
      const answer = await firm.caller.ok('document.rows', { params: { matter }, query: { start, limit: 100 } })
      if (answer.rows.length !== 100) throw new Error(`${answer.rows.length} rows of ${answer.total} came`)
      return performance.now() - begun
    }
    const first = await ask(0)
    const again = []
    for (let n = 0; n < 20; n += 1) again.push(await ask(Math.floor(((count - 100) * n) / 20)))
    const rows = [
      row({ id: 'list-50k-first', unit: 'ms', what: 'the first 100 rows over HTTP, names not opened yet' }, first),
      row({ id: 'list-50k-part', unit: 'ms', what: 'any 100 rows over HTTP, their order known' }, median(again), null, scatter(again)),
    ]
    if (!existsSync(CHROMIUM)) return rows
    const clicks = await inThePage(firm, matter)
    return [row(list, median(clicks), null, scatter(clicks)), ...rows]
  },
}

async function seed(firm: Firm, matter: string, count: number): Promise<void> {
  const { data, keyring } = firm.place
  const root = await openKeyring(keyring, data)
  const { db, end } = await connect(await comesAlong(data, root.key))
  try {
    const house = { keys: (await readFirmKeys(db, root))!, keystore: await openKeystore(join(data, 'keystore'), root) }
    const keys = (await matterKeys(house, db, matter as MatterId))!
    const { id: by } = (await db.row<{ id: string }>('select id from app.people limit 1'))!
    const facts = JSON.stringify({ sha256: 'a'.repeat(64), mediaType: 'application/pdf', shown: 'pdf', found: [] })
    await db.run('set session_replication_role = replica')
    for (let at = 0; at < count; at += 5000) {
      const some = Array.from({ length: Math.min(5000, count - at) }, (_, n) => ({
        id: uuidv7(Date.now()),
        version: uuidv7(Date.now()),
        n: at + n,
      }))
      await db.run(
        `insert into app.documents (id, matter_id, sealed_name, name_token, class, created_by)
         select id, $1, name, token, 'confidential', $2 from unnest($3::uuid[], $4::bytea[], $5::bytea[]) d (id, name, token)`,
        [
          matter,
          by,
          some.map(({ id }) => id),
          some.map(({ id, n }) => sealMatterText(keys, 'documents', 'sealed_name', id, `Exhibit ${(n * 7919) % count}.pdf`)),
          some.map(() => randomBytes(32)),
        ],
      )
      await db.run(
        `insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by)
         select id, document, $1, 1, $2, facts, $2, 100000, $3 from unnest($4::uuid[], $5::uuid[], $6::bytea[]) v (id, document, facts)`,
        [
          matter,
          randomBytes(32),
          by,
          some.map(({ version }) => version),
          some.map(({ id }) => id),
          some.map(({ version }) => sealMatterText(keys, 'versions', 'sealed_facts', version, facts)),
        ],
      )
    }
    await db.run('set session_replication_role = default')
    await db.run('analyze app.documents; analyze app.versions')
  } finally {
    await end()
  }
}

async function inThePage(firm: Firm, matter: string): Promise<number[]> {
  const url = `http://localhost:${firm.port}`
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, userAgent: USER_AGENT })
    const [name, value] = firm.caller.cookie!.split('=', 2) as [string, string]
    await context.addCookies([{ name, value, url }])
    const page = await context.newPage()
    const clicks: number[] = []
    // the first click also fetches the page's own parts
    for (let n = 0; n <= TIMES; n += 1) {
      await page.goto(`${url}/matters`)
      const link = page.locator(`a[href="/matters/${matter}"]`).first()
      await link.waitFor()
      await page.waitForLoadState('networkidle')
      const took = await fromClick(page, `a[href="/matters/${matter}"]`)
      if (n > 0) clicks.push(took)
    }
    return clicks
  } finally {
    await browser.close()
  }
}

/** Milliseconds from the press to the frame in which the first row stands. */
const fromClick = (page: Page, link: string): Promise<number> =>
  page.evaluate(
    (selector) =>
      new Promise<number>((resolve) => {
        const begun = performance.now()
        const look = () => {
          if (document.querySelector('table.files [data-index="0"] [data-go]'))
            requestAnimationFrame(() => resolve(performance.now() - begun))
          else requestAnimationFrame(look)
        }
        document.querySelector<HTMLElement>(selector)!.click()
        look()
      }),
    link,
  )
