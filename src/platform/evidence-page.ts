import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where `npm run web:build` puts the page that verifies itself: one file, with nothing to fetch. */
const PAGE = join(import.meta.dirname, '../../web/dist/evidence/verify.html')

/** The page, or null where the web app was not built. */
export const evidencePage = (): Promise<string | null> =>
  readFile(PAGE, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw fault
  })
