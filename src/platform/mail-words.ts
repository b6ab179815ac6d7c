import type { Letter } from './mail.ts'

/**
 * What the firm's own letters say. They pass through foreign mail servers in the clear, so none has a place for the name
 * of a client, a matter or a document. Texts are ours or chosen from ours: never a header or field as somebody sent it.
 * `url` is the full address of the link; `endsAt` and `at` are instants (RFC 3339).
 */
type Linked = { firm: string; name: string; url: string; endsAt: string }

/** `by`: who invites. */
export const invitationMail = ({ firm, name, url, endsAt, by }: Linked & { by: string }): Letter =>
  letter(`${line(firm)}: your invitation`, name, [
    `${line(by)} invites you to work with ${line(firm)} in Subrosa, where the firm keeps its files. To accept, open this link:`,
    link(url),
    `The link works once, until ${time(endsAt)}. After that, ask ${line(by)} for a new one.`,
    'If you do not expect this invitation, leave the link alone and ask the firm.',
    genuine(url),
  ])

export const resetMail = ({ firm, name, url, endsAt }: Linked): Letter =>
  letter(`${line(firm)}: choose a new password`, name, [
    `Someone asked for a new password for your account at ${line(firm)}. If it was you, open this link and choose one:`,
    link(url),
    `The link works once, until ${time(endsAt)}. Your old password stays until you have chosen the new one.`,
    'If it was not you, leave the link alone: nothing changes. Tell the firm if it happens again.',
    genuine(url),
  ])

/** A second factor was taken away with two people's approval; `by` are the two. The link asks for the password. */
export const enrolmentMail = ({ firm, name, url, endsAt, by }: Linked & { by: readonly [string, string] }): Letter =>
  letter(`${line(firm)}: set up your second factor again`, name, [
    `${line(by[0])} and ${line(by[1])} approved that your second factor at ${line(firm)} is set up anew. The old one no longer works. Open this link and sign in with your password to set up a new one:`,
    link(url),
    `The link works once, until ${time(endsAt)}.`,
    'If you did not ask for this, leave the link alone and ring the firm at once, on a number that you know.',
    genuine(url),
  ])

/**
 * Something happened to the account. `sentence` says what, `whatToDo` what to do if it was not they; both whole sentences
 * of ours. `place`: where from, such as "Firefox on Windows, 203.0.113.9"; null when there is none to name.
 */
export const noticeMail = ({ firm, name, sentence, at, place, whatToDo, url }: Notice): Letter =>
  letter(`${line(firm)}: a notice about your account`, name, [
    line(sentence, 1000),
    [`When: ${time(at)}`, ...(place === null ? [] : [`Where: ${line(place)}`])].join('\n'),
    line(whatToDo, 1000),
    link(url),
    genuine(url),
  ])
export type Notice = Omit<Linked, 'endsAt'> & { sentence: string; at: string; place: string | null; whatToDo: string }

/** To an address that nobody has confirmed yet: it names the firm, and nobody else. `said`: the code comes by telephone. */
export const challengeMail = ({ firm, url, endsAt, said }: Omit<Linked, 'name'> & { said: boolean }): Letter => ({
  subject: `${line(firm)}: confirm this address`,
  text: `${[
    `${line(firm)} would like to send you something and wants to be sure that this address is yours. Open this link and give the code that ${said ? 'someone of the firm tells you by telephone' : 'comes to another address of yours'}:`,
    link(url),
    `The link works until ${time(endsAt)}. If it is too late, ask the firm for a new one.`,
    'If you have nothing to do with the firm, leave the link alone: nothing is sent to you then.',
    genuine(url),
  ].join('\n\n')}\n`,
})
export const codeMail = ({ firm, code, endsAt }: { firm: string; code: string; endsAt: string }): Letter => ({
  subject: `${line(firm)}: your code`,
  text: `${[
    `Your code is ${line(code)}. It goes with the link that ${line(firm)} has sent to another address of yours, and with nothing else.`,
    `It works once, until ${time(endsAt)}. Tell it to nobody, whoever asks.`,
  ].join('\n\n')}\n`,
})

const letter = (subject: string, name: string, paragraphs: string[]): Letter => ({
  subject,
  text: `${[`Dear ${line(name)},`, ...paragraphs].join('\n\n')}\n`,
})

/** One line that says what it shows: no controls, breaks, Bidi_Control or encoded word (RFC 2047); at most `most` characters. */
const line = (text: string, most = 200): string => {
  const plain = text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
  return [...plain.replaceAll('=?', '= ?')].slice(0, most).join('').trim()
}

/** As it is opened, its host in ASCII: a look-alike letter shows. @throws TypeError when it is no address */
const link = (url: string): string => new URL(url).href

/** "4 March 2026 at 14:05 UTC". The firm's own zone is nobody's here. */
const time = (instant: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(instant))} UTC`

const genuine = (url: string): string =>
  `How to tell this message from a forged one: its only link goes to ${new URL(url).origin}, the firm’s own address, and you can type that yourself. We never ask for a password or a code by mail or telephone. In doubt, ring the firm on a number that you know.`
