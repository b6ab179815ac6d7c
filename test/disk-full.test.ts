import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useWorld } from './world/world.ts'

const world = useWorld()

/** A small disk of its own under `incoming/`; only root can mount one, and not in every container. */
function mountSmallDisk(at: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', at], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a full disk is a refusal: nothing of the file is kept, what stood stays, and the next file that fits goes in', async ({ skip }) => {
  const incoming = join(world.dir, 'data', 'blobs', 'incoming')
  if (!mountSmallDisk(incoming)) return skip('needs root and mount')
  try {
    const reply = await world.ada.tryUpload(world.orchard.id, 'too large.bin', '', randomBytes(12_000_000))
    expect([reply.status, reply.json]).toMatchObject([507, { error: { code: 'disk.full' } }])
    expect(await readdir(incoming)).toEqual([])
    expect((await world.ada.ok('document.list', { params: { matter: world.orchard.id } })).documents.map((one) => one.name)).not.toContain(
      'too large.bin',
    )
  } finally {
    execFileSync('umount', [incoming])
  }
  expect((await world.ada.tryUpload(world.orchard.id, 'fits.bin', '', randomBytes(12_000_000))).status).toBe(201)
})
