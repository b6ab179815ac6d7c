import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The socket on which commands of this machine join the running server; its folder is 0700. Socket paths end at 107 bytes. */
export function socketPath(data: string): string {
  const inside = join(data, 'run', 'door', 'door.sock')
  if (Buffer.byteLength(inside) <= 100) return inside
  return join(tmpdir(), `subrosa-door-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`, 'door.sock')
}
