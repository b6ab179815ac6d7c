import { uuidv7 } from '../../core/ids.ts'
import { token } from '../../core/tokens.ts'
import { iso, now } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { settingOf } from '../settings/settings.ts'
import { remind } from './reminders.ts'
import { openWords, sealWords } from './words.ts'

export const SENT = { sent: true } as const

/** What was typed, as a matter's number would be found by: without case, each run of spaces as one. */
export const numberIn = (keys: FirmKeys, about: string): Buffer => token(keys.token, 'matter number', about)

/**
 * Asks for access. It looks at no matter: which one is meant the clerk works out after the answer, so that there is
 * nothing in bytes, work or time that would tell a wall from a number that is not there, or from one that is.
 */
export async function request(ask: Ask, { body }: Input<'grant.request'>): Promise<Answer<'grant.request'> | null> {
  const { grantDays, urgentMinutes, widenHours } = await settingOf(ask.house, 'matters')
  const days = Math.min(body.days, grantDays)
  const sent = await ask.act('grant.requested', async ({ house, db }) => {
    const id = uuidv7(now())
    await db.run('select hidden.request_access($1, $2, $3, $4, $5, $6)', [
      id,
      numberIn(house.keys, body.about),
      sealWords(house.keys, id, { about: body.about, reason: body.reason }),
      days,
      body.urgent,
      body.urgent ? urgentMinutes : widenHours * 60,
    ])
    // never what was typed: those who oversee read the ledger, and one of them may be kept from what it names
    return remembered({ object: id, details: { days, urgent: body.urgent } }, SENT)
  })
  void remind(ask.house)
  return sent
}

type MyRow = {
  id: Answer<'grant.mine'>['requests'][number]['id']
  kind: 'access' | 'break-glass'
  sealed_words: Buffer
  made_at: Date
  state: 'waiting'
}
export async function mine({ house, db }: Here): Promise<Answer<'grant.mine'>> {
  const rows = await db.rows<MyRow>('select id, kind, sealed_words, made_at, state from hidden.my_requests()')
  return {
    requests: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      ...openWords(house.keys, row.id, row.sealed_words),
      madeAt: iso(row.made_at),
      state: row.state,
    })),
  }
}
