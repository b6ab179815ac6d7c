import { iso } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { MailFault } from '../../platform/mail.ts'
import { noticeMail } from '../../platform/mail-words.ts'
import { Rounds } from '../../platform/rounds.ts'
import { firmText } from '../keys/firm-words.ts'
import { openWords } from './notices.ts'

type Row = { id: string; person: string; sealed_email: Buffer; sealed_name: Buffer; sealed_words: Buffer; made_at: Date }

/** Sends the notices that have not gone out yet; what a mail server refuses is tried again, at most eight times. */
export const openMailer = (house: House, firm: () => Promise<string>): Rounds =>
  new Rounds(15_000, () => round(house, firm), { log: house.log, fault: 'couldn’t send notices' })

async function round(house: House, firmName: () => Promise<string>): Promise<void> {
  const { clerk, keys, mail, log } = house
  if (!mail) return
  const rows = await clerk({ name: 'mail' }, (db) => db.rows<Row>('select * from hidden.notices_to_mail($1)', [50]))
  if (rows.length === 0) return
  const firm = await firmName()
  for (const row of rows) {
    const words = openWords(house, row.id, row.sealed_words)
    const letter = noticeMail({
      firm,
      name: firmText(keys, 'people', 'sealed_name', row.person, row.sealed_name),
      sentence: words.text,
      whatToDo: words.todo,
      at: iso(row.made_at),
      place: null,
      url: `${house.origin()}/account`,
    })
    const sent = await mail.send({ to: firmText(keys, 'people', 'sealed_email', row.person, row.sealed_email), ...letter }).then(
      () => true,
      (fault: unknown) => {
        if (!(fault instanceof MailFault)) throw fault
        log.warn(`A notice could not be sent by e-mail; it stands in the page and is tried again. ${fault.message}`)
        return false
      },
    )
    await clerk({ name: 'mail' }, (db) => db.run('select hidden.mailed($1, $2)', [row.id, sent]))
  }
}
