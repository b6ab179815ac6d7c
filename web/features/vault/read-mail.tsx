import type { Preview } from '../../../src/contract/preview.ts'
import { bytes, dateOf, timeOf } from '../../lib/format.ts'
import { TableHead } from '../../ui/table-head.tsx'

type Mail = Extract<Preview, { kind: 'mail' }>
type Address = NonNullable<Mail['from']>

/** Name and address both: a name says whatever its sender likes. */
const named = ({ name, address }: Address): string => (name && name !== address ? `${name} <${address}>` : address)
const when = (date: string | null): string => (date ? `${dateOf(date)}, ${timeOf(date)}` : 'Not said')

export function ReadMail({ mail }: { mail: Mail }) {
  return (
    <article className="sheet read mail">
      <h3>{mail.subject || 'Without a subject'}</h3>
      <dl className="mailfacts">
        <dt>From</dt>
        <dd>{mail.from ? named(mail.from) : 'Not said'}</dd>
        {mail.to.length > 0 && (
          <>
            <dt>To</dt>
            <dd>{mail.to.map(named).join(', ')}</dd>
          </>
        )}
        {mail.cc.length > 0 && (
          <>
            <dt>Copy to</dt>
            <dd>{mail.cc.map(named).join(', ')}</dd>
          </>
        )}
        <dt>Sent</dt>
        <dd>{when(mail.date)}</dd>
        {mail.attachments.length > 0 && (
          <>
            <dt>Attached</dt>
            <dd>
              {mail.attachments.map(({ name, size }, at) => (
                <span key={at} className="attached">
                  {name} <span className="meta">{bytes(size)}</span>
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
      {mail.textFrom === 'html' && <p className="meta">Its text, without pictures and links.</p>}
      {mail.textFrom === 'unread' ? (
        <p className="soft">Its text is in a form that is not read here. A copy shows it in your mail program.</p>
      ) : (
        <pre className="text">{mail.text || 'It holds no text.'}</pre>
      )}
    </article>
  )
}

export function ReadMails({ of }: { of: Extract<Preview, { kind: 'mails' }> }) {
  return (
    <article className="sheet read">
      <table className="cells wide">
        <TableHead columns={['Message', 'From', 'Sent', { title: 'Size', className: 'num' }]} />
        <tbody>
          {of.mails.map((mail, at) => (
            <tr key={at}>
              <td>{mail.subject || 'Without a subject'}</td>
              <td>{mail.from ? named(mail.from) : ''}</td>
              <td>{mail.date ? dateOf(mail.date) : ''}</td>
              <td className="num">{bytes(mail.size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  )
}
