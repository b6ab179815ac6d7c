import { randomBytes, randomInt } from 'node:crypto'

/**
 * What a parameter of the API names. `walled`: it stands behind the wall, or is another person's own, and is not there for the
 * twin. `common`: everyone in the firm knows of it, or it is not about people and matters. A parameter that is not here stops a
 * probe before it begins: plant it (planting.ts), or say that it is common.
 */
export const NOUNS: Record<string, 'walled' | 'common'> = {
  client: 'walled',
  matter: 'walled',
  party: 'walled',
  recipient: 'walled',
  address: 'walled',
  document: 'walled',
  opening: 'walled',
  bundle: 'walled',
  upload: 'walled',
  wall: 'walled',
  confirmation: 'walled',
  hold: 'walled',
  destruction: 'walled',
  request: 'walled',
  check: 'walled',
  handover: 'walled',
  entry: 'walled',
  session: 'walled',
  device: 'walled',
  passkey: 'walled',
  token: 'walled',
  search: 'walled',
  person: 'common',
  group: 'common',
  role: 'common',
  approval: 'common',
  setting: 'common',
  probe: 'common',
  review: 'common',
  task: 'common',
  root: 'common',
  receiver: 'common',
  asked: 'common',
  witness: 'common',
  tile: 'common',
  leaves: 'common',
  /** SCIM's */ id: 'common',
}
/** Fields that name a noun by another word. */
const ALSO: Record<string, string> = {
  into: 'client',
  to: 'matter',
  successor: 'person',
  reviewer: 'person',
  absent: 'person',
  matters: 'matter',
  clients: 'client',
  custodians: 'person',
  members: 'person',
  roles: 'role',
}

/** The noun whose id a field of a call takes: by the field's name, or by the call's own (`before` of `matter.list`). Null: unknown. */
export function nounOf(call: string, field: string): string | null {
  const own = call.split('.')[0]!
  return ALSO[field] ?? (field in NOUNS ? field : own in NOUNS ? own : null)
}
export const isWalled = (noun: string): boolean => NOUNS[noun] === 'walled'

/** What a probe has put behind its wall, each noun with ids that are there; the words by which it is called; and what is common. */
export type Planted = {
  ids: Record<string, string[]>
  words: { number: string; title: string; client: string; party: string; file: string }
  /** What someone who looks for it would type into a search besides. */ typed: string[]
  common: Record<string, string[]>
  /** In every name behind the wall and nowhere else. */ mark: string
}

/** An id of nothing beside one that is there: of the same moment, so that a list which is cut at either is cut at the same place. */
export const inventedId = (id: string): string => `${id.slice(0, 24)}${randomBytes(6).toString('hex')}`

const ALPHABETS = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** Words of nothing in the same form and length: what is marked, or else the last six letters and digits, is another. */
export function inventedWords(words: string, mark: string): string {
  const at = words.indexOf(mark)
  const places =
    at >= 0
      ? range(at, at + mark.length)
      : range(0, words.length)
          .filter((place) => /[0-9a-z]/i.test(words[place]!))
          .slice(-6)
  const letters = [...words]
  for (const place of places) {
    const alphabet = ALPHABETS.find((one) => one.includes(letters[place]!))!.replace(letters[place]!, '')
    letters[place] = alphabet[randomInt(alphabet.length)]!
  }
  return letters.join('')
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at)
