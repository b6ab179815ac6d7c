import { chmod } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'

export type Listening = { origin: string; close(): Promise<void> }
type At = { tls: Config['tls']; origins: () => string[]; secure: () => boolean }

/**
 * Listens on the network and on the private socket: the same door twice, told apart only as the way that a session
 * came in. A shell on the host is nobody: the socket asks for a session like any other way.
 * @throws Stop `port.in_use`
 */
export async function listen(
  config: Config,
  at: { network: boolean; socket: string },
  open: (at: At, isCommand: (request: FastifyRequest) => boolean) => FastifyInstance,
): Promise<Listening> {
  const scheme = config.tls ? 'https' : 'http'
  let port = config.port
  const origin = () => config.origin ?? `${scheme}://localhost:${port}`
  const secure = () => origin().startsWith('https://')
  const origins = () => (config.origin ? [config.origin] : [origin(), `${scheme}://127.0.0.1:${port}`])
  const inner = open({ tls: null, origins, secure }, () => true)
  await inner.listen({ path: at.socket })
  await chmod(at.socket, 0o600)
  const doors = [inner]
  if (at.network) {
    const outer = open({ tls: config.tls, origins, secure }, () => false)
    try {
      await outer.listen({ host: config.host, port: config.port })
    } catch (fault) {
      await inner.close()
      throw new Stop(
        'port.in_use',
        `Port ${config.port} on ${config.host} cannot be listened on (${(fault as NodeJS.ErrnoException).code}). Choose another with --port.`,
        fault,
      )
    }
    port = (outer.server.address() as AddressInfo).port
    doors.push(outer)
  }
  return {
    get origin() {
      return origin()
    },
    close: async () => {
      await Promise.all(doors.map((door) => closeSoon(door)))
    },
  }
}

/** Requests under way have five seconds; then their connections end. */
async function closeSoon(door: FastifyInstance): Promise<void> {
  const hurry = setTimeout(() => door.server.closeAllConnections(), 5000)
  try {
    await door.close()
  } finally {
    clearTimeout(hurry)
  }
}
