import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto'
import { promisify } from 'node:util'
import { Refusal } from './refusal.ts'

const hash = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>

// RFC 9106's second recommended option (64 MiB, three passes), with one lane: about 0.4 s here
const COST = { memory: 65536, passes: 3, parallelism: 1, tagLength: 32 }

/** At most two at a time, each takes 64 MiB; and a flood of sign-ins is turned away before it is a queue of minutes. */
const MOST_WAITING = 30
const places = { free: 2, waiting: [] as (() => void)[] }
async function inTurn<T>(fn: () => Promise<T>): Promise<T> {
  if (places.free > 0) places.free -= 1
  else if (places.waiting.length >= MOST_WAITING)
    throw new Refusal('session.too_many', { text: 'Too many people are signing in at once. Try again in a minute.' })
  else await new Promise<void>((go) => places.waiting.push(go))
  try {
    return await fn()
  } finally {
    const next = places.waiting.shift()
    if (next) next()
    else places.free += 1
  }
}

/** Argon2id (RFC 9106) in PHC form; the pepper is a key that is not in the database. */
export async function hashPassword(password: string, pepper: Buffer): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await inTurn(() => hash('argon2id', { message: password.normalize('NFKC'), nonce, secret: pepper, ...COST }))
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${text(nonce)}$${text(tag)}`
}

const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Whether the password is the one behind the PHC string; `null` (no such account) takes as long and is false. */
export async function isPassword(password: string, phc: string | null, pepper: Buffer): Promise<boolean> {
  const [, , , cost, nonce, tag] = (phc ?? NOBODY).split('$')
  const [memory, passes, parallelism] = cost!.split(',').map((part) => Number(part.split('=')[1]))
  const expected = Buffer.from(tag!, 'base64')
  const found = await inTurn(() =>
    hash('argon2id', {
      message: password.normalize('NFKC'),
      nonce: Buffer.from(nonce!, 'base64'),
      secret: pepper,
      memory: memory!,
      passes: passes!,
      parallelism: parallelism!,
      tagLength: expected.length,
    }),
  )
  return timingSafeEqual(found, expected) && phc !== null
}
