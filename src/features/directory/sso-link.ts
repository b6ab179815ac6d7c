import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import { begin as beginAt } from '../../platform/oidc.ts'
import { brokenConstraint } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { accountToken, labelOf } from './sso.ts'
import { cameBack, keep, ssoOf } from './sso-kept.ts'

/** Sends one's browser to the identity provider, to link one's account there. @throws Refusal `sso.off`, `sso.provider` */
export async function begin(ask: Ask): Promise<Answer<'sso.beginLink'>> {
  const me = await ask.look(async (here) => here.me)
  const sso = await ssoOf(ask.house)
  // whoever is signed in there already may be someone else in the same browser
  const { url, kept } = await beginAt(sso.provider, { prompt: 'login' })
  ask.keep(keep(ask.house, sso, kept, { for: 'link', session: me.session }))
  return { url }
}

/** Links one's account, by issuer and subject, in the session that began it. @throws Refusal `sso.linked`, `sso.…` */
export async function link(ask: Ask, { body }: Input<'sso.link'>): Promise<undefined | null> {
  const { house } = ask
  const me = await ask.look(async (here) => here.me)
  const claims = await cameBack(house, await ssoOf(house), ask.kept, { for: 'link', session: me.session }, body)
  ask.keep(null)
  return ask.act('identity.linked', async ({ db }) => {
    const id = uuidv7(now())
    const label = labelOf(claims)
    await db
      .run('insert into app.identities (id, person_id, account_token, sealed_label) values ($1, $2, $3, $4)', [
        id,
        me.person,
        accountToken(house, claims),
        sealFirmText(house.keys, 'identities', 'sealed_label', id, label),
      ])
      .catch((fault: unknown) => {
        const constraint = brokenConstraint(fault)
        if (constraint === 'identities_account_token_key') throw new Refusal('sso.linked', { cause: fault })
        if (constraint === 'identities_person_id_key')
          throw new Refusal('sso.linked', { text: 'You have linked an account there already. Unlink it first.', cause: fault })
        throw fault
      })
    await tell(
      { house, db, me },
      `You linked the account ${label} at the firm’s identity provider: who signs in there comes in here as you.`,
    )
    return remembered({ object: me.person, details: { label } }, undefined)
  })
}

/** Unlinks it; null when there is none. @throws Refusal `factor.last` when it is the only way in */
export function unlink(ask: Ask): Promise<undefined | null> {
  return ask.act('identity.unlinked', async (here) => {
    const { house, db, me } = here
    const row = await db.row<{ id: string; sealed_label: Buffer }>('select id, sealed_label from app.identities where person_id = $1', [
      me.person,
    ])
    if (!row) return null
    const text = 'It is your only way in. Add a passkey first, or a password with an authenticator app.'
    const done = await db.row<{ ok: boolean }>('select hidden.unlink() as ok').catch(refuse({ SR014: { code: 'factor.last', text } }))
    if (!done!.ok) return null
    const label = firmText(house.keys, 'identities', 'sealed_label', row.id, row.sealed_label)
    await tell(here, `You unlinked the account ${label} at the firm’s identity provider.`)
    return remembered({ object: me.person, details: { label } }, undefined)
  })
}

const tell = ({ house, db, me }: Here, text: string): Promise<void> =>
  notify(house, db, [me.person], { text, todo: 'If that was not you, end all other sessions and tell your administrator.' })
