import { SMTPServer } from 'smtp-server'

export type Letter = { to: string; subject: string; text: string }

/** A real mail server on loopback, as a relay on the firm's own machine would be; keeps what it was given. */
export class Mailbox {
  readonly letters: Letter[] = []
  /** Refuses every recipient while this is set. */
  refusing = false
  #server!: SMTPServer
  port = 0

  async open(): Promise<void> {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: (_address, _session, done) =>
        done(this.refusing ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
      onData: (stream, session, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          this.letters.push(read(Buffer.concat(parts).toString('utf8'), session.envelope.rcptTo[0]!.address))
          done()
        })
      },
    })
    await new Promise<void>((go) => this.#server.listen(0, '127.0.0.1', () => go()))
    this.port = (this.#server.server.address() as { port: number }).port
  }
  close = (): Promise<void> => new Promise((go) => this.#server.close(() => go()))

  /** The newest letter to someone that holds these words; waits for one that is under way. */
  async next(to: string, words: string): Promise<Letter> {
    for (let tries = 0; tries < 200; tries += 1) {
      const found = this.letters.findLast((letter) => letter.to === to && letter.text.includes(words))
      if (found) return found
      await new Promise((go) => setTimeout(go, 25))
    }
    throw new Error(`no letter with ${words} came for ${to}`)
  }
}

function read(raw: string, to: string): Letter {
  const [head, ...body] = raw.split('\r\n\r\n')
  const text = body.join('\r\n\r\n')
  const decoded = /quoted-printable/i.test(head!)
    ? Buffer.from(
        text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      ).toString('utf8')
    : /base64/i.test(head!)
      ? Buffer.from(text, 'base64').toString('utf8')
      : text
  return { to, subject: /^Subject: (.*)$/m.exec(head!)?.[1] ?? '', text: decoded }
}

/** The secret of the one-time link in a letter. */
export const secretIn = (letter: Letter): string => /#s=(subrosa_[\w-]+)/.exec(letter.text)![1]!
