import { existsSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { setPagePolicy } from './headers.ts'

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
}

/**
 * The web app: hashed files under /assets/, cacheable for ever, and the one page for every other address outside
 * /api. Only files that the build made are served, by their exact names; no path is ever joined from a URL.
 */
export function servePages(app: FastifyInstance, web: string | null): void {
  if (!web || !existsSync(join(web, 'index.html'))) return
  const page = readFileSync(join(web, 'index.html'), 'utf8')
  const assets = new Set<string>()
  app.addHook('onReady', async () => {
    for (const name of await readdir(join(web, 'assets'), { recursive: true })) assets.add(name)
  })
  app.get('/assets/*', async (request, reply) => {
    const name = (request.params as { '*': string })['*']
    if (!assets.has(name)) return reply.callNotFound()
    // a worker runs under its own file's policy: the PDF reader loads its image decoders
    void reply.header('content-security-policy', "default-src 'none'; script-src 'self'; connect-src 'self'")
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-type', TYPES[extname(name)] ?? 'application/octet-stream')
      .send(await readFile(join(web, 'assets', name)))
  })
  app.get('/*', async (request, reply) => {
    if (request.url.startsWith('/api/') || request.url === '/api') return reply.callNotFound()
    const nonce = setPagePolicy(reply)
    return reply.header('content-type', 'text/html; charset=utf-8').send(page.replaceAll('__NONCE__', nonce))
  })
}
