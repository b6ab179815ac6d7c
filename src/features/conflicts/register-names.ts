import type { ClientId, MatterId, PartyId } from '../../contract/ids.ts'
import type { PartyRole } from '../../contract/matter.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import type { Here } from '../../platform/route.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { formsOf as nameForms } from './name-forms.ts'
import { domainTokensOf, tokensOf } from './name-tokens.ts'

/** How a client or a party is called and reached. */
export type Called = {
  name: string
  kind: 'person' | 'organization'
  formerNames: string[]
  aliases: string[]
  emails: string[]
  addresses: string[]
}
/** What of it is sealed beside the name. */
export const detailsOf = ({ formerNames, aliases, emails, addresses }: Called) => ({ formerNames, aliases, emails, addresses })

type Form = 'name' | 'former' | 'alias' | 'email'
/** A former surname alone says little: it is held against others as `Anna Keller née Weber`. */
const formerText = ({ name, kind }: Called, text: string): string => (kind === 'person' && !/\s/.test(text) ? `${name} née ${text}` : text)
/** Every text by which someone stands in the register. */
export const textsOf = (called: Called): string[] => formsOf(called).map(([, text]) => text)
const formsOf = (called: Called): [Form, string][] => [
  ['name', called.name],
  ...called.formerNames.map((text): [Form, string] => ['former', formerText(called, text)]),
  ...called.aliases.map((text): [Form, string] => ['alias', text]),
  ...called.emails.map((text): [Form, string] => ['email', text]),
]

/** At rest: keyed tokens of whole words and of their sounds, or of an address's domain; nothing finer. */
export function tokensFor(key: Buffer, form: Form, kind: Called['kind'], text: string): Buffer[] {
  if (form === 'email') return domainTokensOf(key, [text])
  const { words, sounds } = tokensOf(key, nameForms(text, kind))
  return [...words, ...sounds]
}

export type Owner = { client: ClientId; matter: MatterId | null; party: PartyId | null; role: PartyRole }

/** Writes every name of someone into the conflicts register, and gives what is new in it. */
export async function keepNames({ house, db, me }: Here, owner: Owner, called: Called, before: Called | null): Promise<string[]> {
  const known = new Set(before ? formsOf(before).map(([form, text]) => `${form} ${text}`) : [])
  const fresh = formsOf(called).filter(([form, text]) => !known.has(`${form} ${text}`))
  for (const [form, text] of fresh) {
    const id = uuidv7(now())
    await db.run(
      'insert into app.names (id, client_id, matter_id, party_id, role, form, kind, sealed_name, tokens, added_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      [
        id,
        owner.client,
        owner.matter,
        owner.party,
        owner.role,
        form,
        called.kind,
        sealFirmText(house.keys, 'names', 'sealed_name', id, text),
        tokensFor(house.keys.token, form, called.kind, text),
        me.person,
      ],
    )
  }
  return fresh.map(([, text]) => text)
}
