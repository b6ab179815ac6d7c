import { mkdtemp, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startCluster } from '../../src/platform/cluster.ts'
import { connect } from '../../src/platform/postgres.ts'
import { buildWorld, type Account } from './build.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The cluster all test files share, and the firm that each of them clones. */
    world: {
      host: string
      port: number
      superuser: string
      password: string
      dir: string
      people: Record<string, Account>
    }
  }
}

const PASSWORD = 'the migrator of the tests'

/** One PostgreSQL for all test files, and one small firm built in it by the program itself: Wren & Ames LLP. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'subrosa-world-'))
  await chmod(dir, 0o711)
  const cluster = await startCluster({ dir: join(dir, 'cluster', 'postgres'), password: PASSWORD, settings: { max_connections: '200' } })
  const { db, end } = await connect({
    host: cluster.host,
    port: cluster.port,
    user: cluster.superuser,
    password: cluster.password,
    database: 'postgres',
  })
  await db.run(`create role subrosa_migrator login createrole createdb password '${PASSWORD}'`)
  await db.run('create database world owner subrosa_migrator')
  const people = await buildWorld(dir, { databaseUrl: databaseUrl(cluster.host, cluster.port, 'world') })
  await end()
  project.provide('world', { host: cluster.host, port: cluster.port, superuser: cluster.superuser, password: PASSWORD, dir, people })
  return async () => {
    await cluster.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

export const databaseUrl = (host: string, port: number, database: string): string =>
  `postgres://subrosa_migrator:${encodeURIComponent(PASSWORD)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
