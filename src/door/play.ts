import type { FastifyReply, FastifyRequest } from 'fastify'
import { ZodError, type z } from 'zod'
import type { Call } from '../contract/call.ts'
import type { RefusalCode } from '../contract/errors.ts'
import { Refusal } from '../platform/refusal.ts'
import type { House } from '../platform/house.ts'
import { browserOf } from '../platform/browser.ts'
import { from } from '../platform/origin.ts'
import type { Ask, Origin, Route, Visit } from '../platform/route.ts'
import type { Guard, Me, Secret } from '../platform/ways.ts'
import { Beat } from './beat.ts'
import { checkOrigin } from './headers.ts'
import { latelyOf } from './lately.ts'
import { readJson } from './limits.ts'
import { asRefusal, rememberRefusal } from './refusing.ts'
import { SCIM_TYPE } from './scim.ts'
import { checkBrowser, shutOut } from '../features/sign-in/sessions.ts'
import { clearCookie, deviceOf, keepCookie, keptBy, presented, setCookie } from './session.ts'

export type DoorOptions = {
  house: House
  tls: { cert: Buffer; key: Buffer } | null
  origins: () => string[]
  secure: () => boolean
  trustedProxies: string[]
  web: string | null
}
type Playing = DoorOptions & { isCommand(request: FastifyRequest): boolean }
export type Input = { params: unknown; query: unknown; body: unknown }

/** One request through one route: who asks, what they send, the guard, the handler, the answer's schema. */
export function play(door: Playing, route: Route, call: Call, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { address, browser } = originOf(door, request)
  return from({ address, browser: browser.words }, () => playFrom(door, route, call, request, reply))
}

async function playFrom(door: Playing, route: Route, call: Call, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (route.kind === 'visit') return playVisit(door, route, call, request, reply)
  const { secret, by } = presented(request, door.secure())
  if (!secret) throw new Refusal('session.none')
  if (by === 'cookie') checkSite(door, call, request)
  const input = await readInput(call, request)
  const beat = new Beat()
  try {
    // awaiting an answer that streams awaits its end: there is nothing to answer after it
    const value = await run(door, route, secret, input as never, request, reply)
    if (value === null) throw new Refusal('nothing')
    // a stream that a page keeps open is no activity of its person
    if (route.id !== 'document.content') keepAlive(door, secret)
    if (call.gives === 'bytes' || value === reply) return reply
    if (route.id === 'session.end') clearCookie(reply, door.secure())
    return answer(call, value, reply)
  } catch (fault) {
    const refusal = asRefusal(fault)
    if (refusal instanceof Refusal) await rememberRefusal(door.house, route, secret, refusal, input)
    if (!(refusal instanceof Refusal)) throw refusal
    if (refusal.code === 'session.moved') clearCookie(reply, door.secure())
    if (refusal.code === 'nothing') await beat.next()
    throw refusal
  } finally {
    beat.end()
  }
}

/** Where someone comes from: their address, or this host by its private socket, which has none. */
const originOf = (door: Playing, request: FastifyRequest): Origin => ({
  address: door.isCommand(request) ? 'this host' : request.ip,
  command: door.isCommand(request),
  browser: browserOf(request.headers['user-agent']),
  device: deviceOf(request, door.secure()),
})

/**
 * A change comes from our own pages. A read that leaves an entry, a copy of a document, does too, or from the address
 * bar: a picture on another page must not take one in its reader's name.
 */
function checkSite(door: Playing, call: Call, request: FastifyRequest): void {
  if (call.method !== 'GET') return checkOrigin(request, door.origins())
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refusal('origin.refused')
}

async function run(
  door: Playing,
  route: Exclude<Route, { kind: 'visit' }>,
  secret: Secret,
  input: never,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { house } = door
  let moved: Me | null = null
  let asked = false
  const guard: Guard = (me) => {
    moved = me
    checkBrowser(house, me, request.headers['user-agent'])
    moved = null
    route.guard(me)
    asked = true
  }
  try {
    if (route.kind === 'look') return await house.ways.look(secret, guard, (db, me) => route.run({ house, db, me }, input))
    if (route.kind === 'act') return await house.ways.act(secret, guard, route.deed, (db, me) => route.run({ house, db, me }, input))
    const value = await route.run(askOf(door, guard, secret, request, reply), input)
    if (asked) return value
    // what such a route does by itself it does behind its guard: an answer without it is a fault of ours
    if (value !== null) throw new Error(`${route.id} answered without asking who asks`)
    return await house.ways.look(secret, guard, async () => null)
  } catch (fault) {
    if (moved) await shutOut(house, moved, originOf(door, request))
    throw fault
  }
}

function askOf(door: Playing, guard: Guard, secret: Secret, request: FastifyRequest, reply: FastifyReply): Ask {
  const { house } = door
  return {
    ...originOf(door, request),
    house,
    request,
    reply,
    kept: keptBy(request, door.secure()),
    keep: (text) => keepCookie(reply, text, door.secure()),
    lately: latelyOf(secret),
    look: (fn) => house.ways.look(secret, guard, (db, me) => fn({ house, db, me })),
    act: (deed, fn) => house.ways.act(secret, guard, deed, (db, me) => fn({ house, db, me })),
    actAhead: (deed, ahead, fn) =>
      house.ways.actAhead(
        secret,
        guard,
        deed,
        (db) => ahead({ house, db }),
        (db, me, asked) => fn({ house, db, me }, asked),
      ),
  }
}

async function playVisit(
  door: Playing,
  route: Route & { kind: 'visit' },
  call: Call,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  // a sign-in forged from another site would sign its reader in as someone else
  const fromBrowser = request.headers['sec-fetch-site'] !== undefined || request.headers.origin !== undefined
  if (call.method !== 'GET' && fromBrowser) checkOrigin(request, door.origins())
  const input = await readInput(call, request)
  const visiting: Visit = { ...originOf(door, request), house: door.house, kept: keptBy(request, door.secure()) }
  const { answer: value, begun, keep } = await route.run(visiting, input as never)
  if (begun) setCookie(reply, begun, door.secure())
  if (keep !== undefined) keepCookie(reply, keep, door.secure())
  return answer(call, value, reply)
}

async function readInput(call: Call, request: FastifyRequest): Promise<Input> {
  const params = parse(call.params, paramsOf(call, request), 'id.malformed')
  const query = parse(call.query, request.query, 'input.invalid')
  const body =
    call.takes === 'bytes' || call.method === 'GET' ? undefined : parse(call.body, await readJson(request, call.speaks), 'input.invalid')
  return { params, query, body }
}

function paramsOf(call: Call, { params }: FastifyRequest): unknown {
  const last = call.deep ? /:(\w+)$/.exec(call.path)?.[1] : undefined
  if (last === undefined) return params
  const { '*': rest, ...others } = params as Record<string, string>
  return { ...others, [last]: rest }
}

/** What does not fit is refused with the fields' names; a name's fault has its own code. */
function parse(schema: z.ZodType | undefined, value: unknown, code: RefusalCode): unknown {
  if (!schema) return undefined
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const fields = Object.fromEntries(read.error.issues.map((issue) => [issue.path.join('.') || 'body', issue.message]))
  const own = read.error.issues.find((issue) => issue.code === 'custom' && issue.params?.['refusal'] === 'name.refused')
  if (own) throw new Refusal('name.refused', { text: own.message, fields })
  throw new Refusal(code, { fields: code === 'id.malformed' ? undefined : fields })
}

/** Only what the contract declares goes out; a handler that answers something else is a fault of ours. */
function answer(call: Call, value: unknown, reply: FastifyReply): unknown {
  void reply.code(call.status)
  if (!call.answer) return reply.send()
  try {
    const type = call.speaks === 'scim' ? SCIM_TYPE : 'application/json; charset=utf-8'
    return reply.header('content-type', type).send(JSON.stringify(call.answer.parse(value)))
  } catch (fault) {
    throw fault instanceof ZodError
      ? new Error(`an answer does not fit its contract: ${fault.issues.map((issue) => issue.path.join('.')).join(', ')}`)
      : fault
  }
}

const touched = new Map<string, number>()
/** Using a session keeps it from its idle limit; asked of the database at most once a minute. */
function keepAlive(door: Playing, secret: Secret): void {
  const minute = Math.floor(performance.now() / 60_000)
  if (touched.get(secret) === minute) return
  if (touched.size > 10_000) touched.clear()
  touched.set(secret, minute)
  door.house.ways.touch(secret).catch((fault: unknown) => {
    // it ended in between
    if (!(fault instanceof Refusal)) door.house.log.error('couldn’t keep a session', fault)
  })
}
