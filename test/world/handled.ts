import { expect } from 'vitest'
import type { DocumentView } from '../../src/contract/document.ts'
import type { ErrorAnswer } from '../../src/contract/errors.ts'
import type { Handling, Matrix, MatrixView } from '../../src/contract/matrix.ts'
import { CLASSES, type Class } from '../../src/contract/words.ts'
import type { Answer } from '../../src/platform/route.ts'
import type { Caller, Reply } from './caller.ts'
import type { World } from './world.ts'

export const HELD = ['confidential', 'privileged', 'restricted'] as const
export type Held = (typeof HELD)[number]
export type Cells = { [C in keyof Handling]?: Handling[C] }
export const errorIn = (reply: Reply) => (reply.json as ErrorAnswer).error

/** Matters of each class with their files, and the matrix by which they are handled; in the words of a test. */
export class Handled {
  readonly #world: World
  readonly #matters = new Map<Held, string>()
  #files = 0
  constructor(world: World) {
    this.#world = world
  }

  /** Every test begins with the matrix as it comes, and with fresh factors. */
  begin = async (): Promise<void> => {
    await this.#world.refresh()
    await this.#world.asSuperuser(this.#world.database, (db) => db.run('delete from app.matrix where version > 0'))
  }

  /** A matter of Ada and Ben for each class. */
  matterOf = async (its: Held): Promise<string> => {
    const known = this.#matters.get(its)
    if (known) return known
    const { ada, ben } = this.#world
    const client = await ada.ok('client.create', { body: { name: `Client of ${its}` } })
    const { id } = await ada.ok('matter.create', { body: { client: client.id, title: `A ${its} matter`, class: its } })
    await ada.ok('team.join', { params: { matter: id }, body: { person: (await ben.ok('person.me')).id } })
    this.#matters.set(its, id)
    return id
  }

  fileIn = (
    matter: string,
    content: string | Buffer = 'Outfall 3\n',
    query: Record<string, string> = {},
    by = this.#world.ada,
  ): Promise<Reply> => {
    this.#files += 1
    const path = `/api/matters/${matter}/documents?${new URLSearchParams({ name: `file ${this.#files}.txt`, ...query })}`
    return by.send('POST', path, { 'content-type': 'application/octet-stream' }, Buffer.from(content as string))
  }
  added = async (matter: string, content?: string | Buffer, query?: Record<string, string>): Promise<Answer<'document.upload'>> => {
    const reply = await this.fileIn(matter, content, query)
    expect(reply.bytes.toString()).toMatch(/"id"/)
    return reply.json as Answer<'document.upload'>
  }
  open = (who: Caller, document: string): Promise<Reply> => who.ask('document.open', { params: { document } })
  copy = (who: Caller, document: string): Promise<Reply> => who.ask('document.download', { params: { document } })
  read = async (who: Caller, document: string): Promise<DocumentView> => who.ok('document.read', { params: { document } })

  now = (): Promise<MatrixView> => this.#world.ruth.ok('matrix.read')
  changeTo = (matrix: Matrix, version: number, by = this.#world.ruth): Promise<Reply> =>
    by.ask('matrix.change', { body: { matrix, reason: 'The partners have decided', version } })
  /** Makes some cells of some classes otherwise; nothing where they are so. */
  change = async (cells: Partial<Record<Class, Cells>>, types: Partial<Matrix['dataTypes']> = {}): Promise<MatrixView> => {
    const before = await this.now()
    const wanted = withCells(before.matrix, cells, types)
    if (JSON.stringify(wanted) === JSON.stringify(before.matrix)) return before
    const reply = await this.changeTo(wanted, before.version)
    expect(reply.bytes.toString()).toContain('"version"')
    return reply.json as MatrixView
  }
}

export function withCells(matrix: Matrix, cells: Partial<Record<Class, Cells>>, types: Partial<Matrix['dataTypes']> = {}): Matrix {
  const classes = Object.fromEntries(CLASSES.map((its) => [its, { ...matrix.classes[its], ...cells[its] }])) as Matrix['classes']
  return { classes, dataTypes: { ...matrix.dataTypes, ...types } }
}
