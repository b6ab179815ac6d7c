import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { askSecond, myName } from '../access/second-person.ts'
import { notify } from '../notices/notices.ts'
import { deliver, makeLink, type Made } from '../sign-in/links.ts'
import { nameOf, personRow, stateOf } from './views.ts'

const WORDS = { password: 'password', factor: 'second factor', account: 'password and second factor' } as const

/**
 * Begins a renewal for someone else. A password's link never passes the second factor, so one person begins it; a factor
 * is renewed by two.
 * @throws Refusal `person.oneself`, `person.state`
 */
export async function reset(ask: Ask, { params, body }: Input<'person.reset'>): Promise<Answer<'person.reset'> | null> {
  const done = await ask.act<{ made: Made | null; by: string }>('person.reset', async (here) => {
    const { house, db, me } = here
    const row = await personRow(here, params.person)
    if (!row) return null
    if (row.id === me.person)
      throw new Refusal('person.oneself', { text: 'Renew your own password and factors under My account, or ask another administrator.' })
    const state = stateOf(row)
    if (!row.joined_at || state === 'left')
      throw new Refusal('person.state', {
        text: state === 'left' ? 'They have left the firm.' : 'They have not come yet. Send the invitation again.',
      })
    const name = nameOf(house, row)
    const subject = { object: row.id, details: { object: name, what: WORDS[body.what], reason: body.reason } }
    if (body.what !== 'password') {
      const asked = await askSecond(here, { kind: body.what, person: { id: row.id, name, joined: true }, reason: body.reason })
      return remembered(subject, { made: null, by: myName(here) }, [asked])
    }
    const made = await makeLink(db, row.id, 'password')
    if (!made) return null
    await notify(house, db, [row.id], {
      text: `${myName(here)} sent a link by which you choose a new password.`,
      todo: 'It asks for your second factor. If you did not ask for it, leave it alone and tell another administrator.',
    })
    return remembered(subject, { made, by: myName(here) })
  })
  return done && { link: done.made && (await deliver(ask.house, done.made, [done.by, ''])), waiting: done.made === null }
}
