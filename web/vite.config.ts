import { cpSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { evidencePage } from './evidence/vite.config.ts'
import { patchedWorker } from './flat-pages.ts'

const root = import.meta.dirname
const pdfjs = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
const pdfjsVersion = (createRequire(import.meta.url)('pdfjs-dist/package.json') as { version: string }).version

/**
 * What pdf.js fetches while it draws: character maps, the standard fonts, colour profiles, and its image decoders
 * in plain JavaScript (the strict CSP has no `wasm-unsafe-eval`). They stand in a folder named by version, as hashed files do.
 */
function pdfParts(): Plugin {
  const folder = `assets/pdfjs-${pdfjsVersion}`
  let out = ''
  return {
    name: 'pdf-parts',
    apply: 'build',
    config: () => ({ define: { __PDF_PARTS__: JSON.stringify(`/${folder}/`) } }),
    configResolved: ({ build }) => void (out = build.outDir),
    closeBundle() {
      const to = join(out, folder)
      for (const part of ['cmaps', 'standard_fonts', 'iccs']) cpSync(join(pdfjs, part), join(to, part), { recursive: true })
      cpSync(join(pdfjs, 'wasm'), join(to, 'wasm'), { recursive: true, filter: (path) => !/quickjs|\.wasm$/.test(path) })
    },
  }
}

const flatPages = (): Plugin => ({
  name: 'flat-pages',
  transform: (text, id) => (/pdfjs-dist\/build\/pdf\.worker\.mjs$/.test(id) ? { code: patchedWorker(text), map: null } : undefined),
})

export default defineConfig(({ command }) => {
  // whatever the process that has it built is for: what browsers are sent is the finished page
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    root,
    plugins: [react(), pdfParts(), flatPages(), evidencePage()],
    worker: { format: 'es', plugins: () => [flatPages()] },
    build: {
      outDir: join(root, 'dist'),
      emptyOutDir: true,
      assetsInlineLimit: 0, // the CSP allows no data: fonts or scripts
      chunkSizeWarningLimit: 1400,
    },
    server: { proxy: { '/api': { target: process.env.SUBROSA_SERVER ?? 'http://127.0.0.1:7345', changeOrigin: false } } },
  }
})
