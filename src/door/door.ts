import { randomBytes } from 'node:crypto'
import { createServer as createPlain, type Server } from 'node:http'
import { createServer as createTls } from 'node:https'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { calls } from '../contract/calls.ts'
import type { Call } from '../contract/call.ts'
import type { ErrorAnswer } from '../contract/errors.ts'
import { routes } from '../features/routes.ts'
import { Refusal } from '../platform/refusal.ts'
import { setHeaders } from './headers.ts'
import { openapi } from './openapi.ts'
import { play, type DoorOptions } from './play.ts'
import { servePages } from './pages.ts'
import { isScim, SCIM_TYPE, scimError } from './scim.ts'

/**
 * The door: plays the route tables, answers errors, serves the pages. Everything it answers to a signed-in person goes
 * through `play`; what it answers by itself (pages, the OpenAPI document) is the same for everyone.
 */
export function openDoor(options: DoorOptions, isCommand: (request: FastifyRequest) => boolean): FastifyInstance {
  const { house } = options
  const app = fastify({
    serverFactory: (handler) =>
      unhurried((options.tls ? createTls({ ...options.tls, minVersion: 'TLSv1.2' }, handler) : createPlain(handler)) as Server),
    logger: false,
    trustProxy: options.trustedProxies.length > 0 ? options.trustedProxies : false,
    genReqId: () => randomBytes(5).toString('hex'),
    routerOptions: { caseSensitive: true, ignoreTrailingSlash: false, maxParamLength: 200 },
    forceCloseConnections: 'idle',
    frameworkErrors: (fault, request, reply) => {
      setHeaders(reply, options.secure())
      void reply.header('x-request-id', request.id)
      answerError(request, reply, new Refusal('nothing', { cause: fault }))
    },
    return503OnClosing: true,
    exposeHeadRoutes: false,
  })
  // bodies are read by `play`: JSON under its limits, document bytes as a stream
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.addHook('onRequest', async (request, reply) => {
    setHeaders(reply, options.secure())
    void reply.header('x-request-id', request.id)
  })
  for (const route of routes) {
    const call = calls[route.id] as Call
    app.route({
      method: call.method,
      url: `/api${call.deep ? call.path.replace(/:\w+$/, '*') : call.path}`,
      handler: (request, reply) => play({ ...options, isCommand }, route, call, request, reply),
    })
  }
  app.get('/api/openapi.json', (_request, reply) => reply.send(openapi(options.origins()[0]!)))
  servePages(app, options.web)
  app.setNotFoundHandler((request, reply) => answerError(request, reply, new Refusal('nothing')))
  app.setErrorHandler((fault, request, reply) => {
    if (!(fault instanceof Refusal) && !isOfHttp(fault))
      house.log.error(`request ${request.id} ${request.method} ${request.routeOptions.url ?? 'unrouted'} failed`, fault)
    answerError(
      request,
      reply,
      fault instanceof Refusal ? fault : isOfHttp(fault) ? new Refusal('input.invalid', { cause: fault }) : fault,
      request.id,
    )
  })
  return app
}

/** A large upload on a thin line may take hours; JSON has its own half minute. Connections are bounded in number. */
function unhurried(server: Server): Server {
  server.requestTimeout = 0
  server.maxConnections = 4096
  return server
}

/** Fastify's own refusals (a malformed URL, a bad header) are the sender's fault, not ours. */
const isOfHttp = (fault: unknown): boolean =>
  fault instanceof Error && 'statusCode' in fault && typeof fault.statusCode === 'number' && fault.statusCode < 500

/** A refusal says its sentence; a fault says nothing but a reference to the log. */
function answerError(request: FastifyRequest, reply: FastifyReply, fault: unknown, reference?: string): void {
  const refusal = fault instanceof Refusal ? fault : new Refusal('fault', { cause: fault })
  void reply.removeHeader('content-length').removeHeader('content-disposition').removeHeader('accept-ranges').removeHeader('etag')
  if (isScim(request)) {
    if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer')
    const answer = scimError(refusal, fault instanceof Refusal ? undefined : reference)
    void reply.code(refusal.status).header('content-type', SCIM_TYPE).send(JSON.stringify(answer))
    return
  }
  const answer: ErrorAnswer = { error: { code: refusal.code, text: refusal.message } }
  if (refusal.fields) answer.error.fields = refusal.fields
  if (!(fault instanceof Refusal) && reference) answer.error.reference = reference
  void reply.code(refusal.status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer))
}
