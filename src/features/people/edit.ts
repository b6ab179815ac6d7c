import { normalEmail } from '../../core/tokens.ts'
import { instant } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { MailFault } from '../../platform/mail.ts'
import { noticeMail } from '../../platform/mail-words.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { myName, tellApprovers } from '../access/second-person.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { firmNameOf } from '../sign-in/links.ts'
import { emailToken } from '../sign-in/proofs.ts'
import { refuseTaken } from './people.ts'
import { emailOf, nameOf, personRow, personView } from './views.ts'

/**
 * Changes a name and an address. With the address every open link dies, since it went to the one before; and the one
 * before is told, for whoever has someone's address gets their links.
 * @throws Refusal `email.taken`
 */
export async function edit(ask: Ask, { params, body }: Input<'person.edit'>): Promise<Answer<'person.edit'> | null> {
  const { house } = ask
  const done = await ask.act('person.edited', async (here) => {
    const { db, me } = here
    const row = await personRow(here, params.person)
    if (!row) return null
    const was = { name: nameOf(house, row), email: emailOf(house, row) }
    const email = normalEmail(body.email)
    const edited = await db
      .row<{ ok: boolean }>('select hidden.edit_person($1, $2, $3, $4) as ok', [
        row.id,
        sealFirmText(house.keys, 'people', 'sealed_name', row.id, body.name),
        sealFirmText(house.keys, 'people', 'sealed_email', row.id, email),
        emailToken(house, email),
      ])
      .catch(refuse({ SR013: { code: 'person.state', text: NOT_NOW } }))
      .catch(refuseTaken)
    if (!edited!.ok) throw new Refusal('may.not')
    const moved = email !== was.email
    const words = { text: `${myName(here)} changed your ${moved ? 'e-mail address' : 'name'} in the firm.`, todo: IF_UNEXPECTED }
    if (row.id !== me.person && (moved || body.name !== was.name)) await notify(house, db, [row.id], words)
    if (moved && !row.joined_at)
      await tellApprovers(here, `${myName(here)} changed the e-mail address of ${body.name}, who has not come yet.`)
    const details = { object: body.name, ...(body.name !== was.name && { was: was.name }), ...(moved && { address: true }) }
    return remembered(
      { object: row.id, details },
      { view: await personView(here, row.id), words, was: moved && row.joined_at ? was : null },
    )
  })
  if (done?.was) await tellAddress(house, done.was, done.words)
  return done && done.view
}

const NOT_NOW =
  'The address stays while the renewal of their password or factor waits or is under way, and until someone who was taken back has come.'
const IF_UNEXPECTED = 'If you did not expect this, tell an administrator at once: links that renew a password go to that address.'

async function tellAddress(house: House, to: { name: string; email: string }, words: { text: string; todo: string }): Promise<void> {
  if (!house.mail) return
  const facts = { firm: await firmNameOf(house), name: to.name, url: `${house.origin()}/account`, at: instant() }
  const letter = noticeMail({ ...facts, place: null, sentence: words.text, whatToDo: words.todo })
  await house.mail.send({ to: to.email, ...letter }).catch((fault: unknown) => {
    if (!(fault instanceof MailFault)) throw fault
    house.log.warn(`An address from before could not be told by e-mail that it was changed. ${fault.message}`)
  })
}
