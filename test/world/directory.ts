import { GROUP, PATCH, USER } from '../../src/contract/scim.ts'
import type { Caller, Reply } from './caller.ts'

export type ScimReply = Omit<Reply, 'json'> & { json: ScimJson }
/** As a directory reads it: whatever comes. */
export type ScimJson = {
  id: string
  schemas: string[]
  status: string
  scimType?: string
  detail: string
  userName: string
  displayName: string
  externalId?: string
  name?: { formatted?: string; givenName?: string; familyName?: string }
  emails?: { value: string; type: string; primary: boolean }[]
  active: boolean
  members?: { value: string; type: string; $ref: string }[]
  meta: { resourceType: string; created: string; lastModified: string; location: string; version: string }
  totalResults: number
  startIndex: number
  itemsPerPage: number
  Resources: ScimJson[]
  [name: string]: unknown
}

/** A directory that keeps people and groups over SCIM, with an access token of its own. */
export class Directory {
  caller!: Caller
  constructor(caller?: Caller) {
    if (caller) this.caller = caller
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ScimReply> {
    const bytes = body === undefined ? undefined : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
    const reply = await this.caller.send(
      method,
      `/api/scim/v2${path}`,
      { ...(bytes && { 'content-type': 'application/scim+json' }), ...headers },
      bytes,
    )
    return { ...reply, json: (reply.bytes.length > 0 ? JSON.parse(reply.bytes.toString()) : null) as ScimJson }
  }
  get = (path: string, headers?: Record<string, string>) => this.send('GET', path, undefined, headers)
  find = (kind: 'Users' | 'Groups', query: Record<string, string>) => this.get(`/${kind}?${new URLSearchParams(query)}`)

  async make(kind: 'Users' | 'Groups', fields: Record<string, unknown>): Promise<ScimJson> {
    const reply = await this.send('POST', `/${kind}`, { schemas: [kind === 'Users' ? USER : GROUP], ...fields })
    if (reply.status !== 201) throw new Error(`${kind} answered ${reply.status}: ${reply.bytes.toString()}`)
    return reply.json
  }
  patch = (path: string, operations: unknown[], headers?: Record<string, string>) =>
    this.send('PATCH', path, { schemas: [PATCH], Operations: operations }, headers)
}
