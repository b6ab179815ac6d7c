import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'

const here = import.meta.dirname
const read = (name: string): string => readFileSync(join(here, name), 'utf8')
const sourceOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

/**
 * The page that verifies evidence, as one file with nothing to fetch: its policy names its one script and its one style by their
 * hashes and allows nothing else. Made beside the page that the server sends, and never sent by it.
 */
export function evidencePage(): Plugin {
  let out = ''
  return {
    name: 'evidence-page',
    apply: 'build',
    configResolved: ({ build }) => void (out = build.outDir),
    async closeBundle() {
      const js = await script()
      const css = style()
      const page = fill(read('page.html'), {
        '__SCRIPT__': sourceOf(js),
        '__STYLE__': sourceOf(css),
        // hashed to the byte: nothing stands between them and their elements
        '<!--style-->': `<style>${css}</style>`,
        '<!--files-->': '<script type="application/json" id="files">{"__files__":[]}</script>',
        '<!--script-->': `<script>${js}</script>`,
      })
      mkdirSync(join(out, 'evidence'), { recursive: true })
      writeFileSync(join(out, 'evidence/verify.html'), page)
    },
  }
}

/** However the page is laid out: a hash is of every byte between a script's tags, and files have their place by its very text. */
const fill = (page: string, values: Record<string, string>): string =>
  Object.entries(values)
    .reduce((text, [name, value]) => text.replace(new RegExp(`\\s*${name}\\s*`), () => value), page)
    .replace(/\{\s*"__files__":\s*\[\]\s*\}/, '{"__files__":[]}')

async function script(): Promise<string> {
  const built = await build({
    configFile: false,
    root: here,
    logLevel: 'warn',
    resolve: { alias: { 'node:crypto': join(here, 'crypto.ts') } },
    build: { write: false, target: 'es2022', lib: { entry: join(here, 'main.ts'), formats: ['iife'], name: 'evidence' } },
  })
  const [first] = Array.isArray(built) ? built : [built]
  const chunk = first && 'output' in first ? first.output.find((one) => one.type === 'chunk') : undefined
  if (!chunk) throw new Error('the evidence page was not built')
  // a script element ends where its text says so
  return chunk.code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
}

/** The tokens of the app, by the reader's own light or dark. */
function style(): string {
  const tokens = readFileSync(join(here, '../styles/tokens.css'), 'utf8')
  const dark = /:root\[data-mantine-color-scheme='dark'\] (\{[^}]*\})/
  if (!dark.test(tokens)) throw new Error('the tokens have no dark colours')
  const both = tokens.replace(dark, (_, rules: string) => `@media (prefers-color-scheme: dark) { :root ${rules} }`)
  return `${both}\n${read('evidence.css')}`.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\s+/g, ' ')
}
