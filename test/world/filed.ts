import type { DocumentView } from '../../src/contract/document.ts'
import type { Caller } from './caller.ts'
import { Handled } from './handled.ts'
import type { World } from './world.ts'

type One = { id: string }

/** A matter of Ada and Ben, with its documents and folders, in the words of a test. */
export class Filed extends Handled {
  readonly #all: World
  #count = 0
  matter = ''
  constructor(world: World) {
    super(world)
    this.#all = world
  }

  /** Each test has a matter of its own. */
  beginAnew = async (): Promise<void> => {
    await this.begin()
    const { ada, ben } = this.#all
    const client = await ada.ok('client.create', { body: { name: `A client ${(this.#count += 1)}` } })
    this.matter = (await ada.ok('matter.create', { body: { client: client.id, title: `A matter ${this.#count}` } })).id
    await ada.ok('team.join', { params: { matter: this.matter }, body: { person: (await ben.ok('person.me')).id } })
  }

  file = (name: string, folder = '', content: string | Buffer = name): Promise<DocumentView> =>
    this.#all.ada.upload(this.matter, name, folder, Buffer.from(content as string))
  places = async (by: Caller = this.#all.ada): Promise<string[]> =>
    (await by.ok('document.list', this.here())).documents.map((one) => (one.folder ? `${one.folder}/${one.name}` : one.name)).sort()
  folders = async (): Promise<string[]> => (await this.#all.ada.ok('folder.list', this.here())).folders
  /** What was done in it; that its history was looked at aside. */
  entries = async (by: Caller = this.#all.ada) =>
    (await by.ok('entry.list', this.here())).entries.filter(({ deed }) => deed !== 'ledger.read')
  trashed = async (by: Caller = this.#all.ada) => (await by.ok('document.trashed', this.here())).documents

  here = () => ({ params: { matter: this.matter } })
  at = (document: One) => ({ params: { document: document.id } })
  move = (folder: string, ...documents: One[]) => ({
    ...this.trash(...documents),
    body: { documents: documents.map((one) => one.id), folder },
  })
  path = (from: string, to: string) => ({ ...this.here(), body: { from, to } })
  trash = (...documents: One[]) => ({ ...this.here(), body: { documents: documents.map((one) => one.id) } })
}
