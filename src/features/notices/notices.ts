import type { NoticeView } from '../../contract/session.ts'
import { openText, sealField } from '../../core/field.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { FIRM_KEY_VERSION } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import type { Answer, Here } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'

/** What happened, and what to do about it if it was not oneself. No word of a client or a matter. */
export type Words = { text: string; todo: string; /** where something can be done about it */ page?: NonNullable<NoticeView['page']> }

const place = (notice: string) => ({ table: 'app.notices', column: 'sealed_words', row: notice })
export const openWords = (house: Pick<House, 'keys'>, notice: string, sealed: Buffer): Words =>
  JSON.parse(openText(house.keys.field, place(notice), sealed)) as Words

/** Tells people something about their accounts or the firm's: in the page, and by e-mail where mail is set up. Inside the act or visit that it is about. */
export async function notify(house: Pick<House, 'keys'>, db: Db, people: Iterable<string>, words: Words): Promise<void> {
  for (const person of new Set(people)) {
    const id = uuidv7(now())
    await db.run('select hidden.notify($1, $2, $3)', [
      id,
      person,
      sealField(house.keys.field, FIRM_KEY_VERSION, place(id), JSON.stringify(words)),
    ])
  }
}

type Row = { id: string; sealed_words: Buffer; made_at: Date; seen_at: Date | null }
export async function list({ house, db, me }: Here): Promise<Answer<'notice.list'>> {
  const rows = await db.rows<Row>(
    'select id, sealed_words, made_at, seen_at from app.notices where person_id = $1 order by (seen_at is null) desc, id desc limit 500',
    [me.person],
  )
  return {
    notices: rows.map((row) => ({
      id: row.id,
      at: iso(row.made_at),
      page: null,
      ...openWords(house, row.id, row.sealed_words),
      seen: row.seen_at !== null,
    })),
  }
}

export async function see({ db, me }: Here) {
  const count = await db.run('update app.notices set seen_at = now() where person_id = $1 and seen_at is null', [me.person])
  return remembered({ object: me.person, details: { count } }, undefined)
}
