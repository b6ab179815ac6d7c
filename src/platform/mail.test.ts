import dns from 'node:dns'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { caFile, cleanUp, cleanups, LOGIN, mailServer, mailTo, type Nos } from '../../test/fixtures/mail-server.ts'
import { openLog } from './log.ts'
import { MailFault } from './mail.ts'

// what arrives, and what is refused as an address or a subject: mail-letters.test.ts

/** For servers that go silent, and for those that never do. */
const SILENT = { connection: 400, greeting: 400, socket: 400, whole: 600_000 }
const ENDLESS = { ...SILENT, whole: 1_500 }
const letter = { to: 'dan@client.example', subject: 'Choose a new password', text: 'https://files.wren.example/#secret' }

afterEach(cleanUp)

const faultOf = async (work: Promise<void>): Promise<MailFault> => {
  const fault = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(fault).toBeInstanceOf(MailFault)
  return fault as MailFault
}

describe('delivery', () => {
  // first in its file: nodemailer keeps what was resolved before
  test('localhost is this machine, whatever a DNS server says', async () => {
    const server = await mailServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true })
    const asked: string[] = []
    for (const family of ['resolve4', 'resolve6'] as const) {
      const before = dns.Resolver.prototype[family]
      cleanups.push(() => (dns.Resolver.prototype[family] = before))
      dns.Resolver.prototype[family] = ((name: string, done: (fault: Error) => void) => {
        asked.push(name)
        done(new Error('no such name'))
      }) as typeof before
    }
    await mailTo(`smtp://${LOGIN}localhost:${server.port}`).send(letter)
    expect([server.arrived.length, asked]).toEqual([1, []])
    await faultOf(mailTo('smtp://mail.invalid').send(letter))
    expect(asked).toContain('mail.invalid')
  })

  test('by smtps', async () => {
    const server = await mailServer({ secure: true })
    const mail = mailTo(`smtps://${LOGIN}localhost:${server.port}`, { ca: caFile })
    await mail.verify()
    expect(server.arrived).toEqual([])
    await mail.send(letter)
    expect(server.arrived).toMatchObject([{ secure: true, user: 'wren' }])
  })

  test('a relay on this machine takes it in the clear; the same server under a name that is not loopback gets nothing', async () => {
    const server = await mailServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true })
    await mailTo(`smtp://${LOGIN}127.0.0.1:${server.port}`).send(letter)
    expect([server.arrived.length, server.logins.length, server.arrived[0]!.secure]).toEqual([1, 1, false])
    // on Linux and macOS 0.0.0.0 leads to this machine, and is none of the names that we call loopback
    const far = mailTo(`smtp://${LOGIN}0.0.0.0:${server.port}`)
    expect((await faultOf(far.send(letter))).kind).toBe('tls')
    expect((await faultOf(far.verify())).kind).toBe('tls')
    expect([server.arrived.length, server.logins.length]).toEqual([1, 1])
    // one that offers TLS with a certificate that nobody vouches for, as Debian's Postfix does
    const offers = await mailServer({ allowInsecureAuth: true })
    await mailTo(`smtp://${LOGIN}127.0.0.1:${offers.port}`).send(letter)
    expect(offers.arrived).toMatchObject([{ secure: false, user: 'wren' }])
  })

  test('a relay on this machine for which a CA is named has to do TLS', async () => {
    const server = await mailServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true })
    const fault = await faultOf(mailTo(`smtp://${LOGIN}localhost:${server.port}`, { ca: caFile }).send(letter))
    expect([fault.kind, server.logins, server.arrived]).toEqual(['tls', [], []])
  })

  test('a relay on this machine that insists on TLS is named as that, and not as a wrong login', async () => {
    const server = await mailServer()
    expect((await faultOf(mailTo(`smtp://${LOGIN}localhost:${server.port}`).send(letter))).kind).toBe('tls')
    expect([server.logins, server.arrived]).toEqual([[], []])
  })

  test('many letters at once share two connections', async () => {
    const server = await mailServer()
    const mail = mailTo(`smtp://${LOGIN}localhost:${server.port}`, { ca: caFile })
    await Promise.all(Array.from({ length: 12 }, (_, k) => mail.send({ ...letter, subject: `Letter ${k}` })))
    expect(new Set(server.arrived.map(({ raw }) => /^Subject: (.*)/m.exec(raw)![1])).size).toBe(12)
    expect(new Set(server.arrived.map(({ raw }) => /^Message-ID: (.*)/m.exec(raw)![1])).size).toBe(12)
    expect(server.most()).toBe(2)
  })

  test('after close nothing goes out', async () => {
    const server = await mailServer()
    const mail = mailTo(`smtp://${LOGIN}localhost:${server.port}`, { ca: caFile })
    mail.close()
    await faultOf(mail.send(letter))
    expect(server.arrived).toEqual([])
  })
})

describe('a certificate that does not prove the name', () => {
  const other = (): string => {
    const dir = mkdtempSync(join(tmpdir(), 'subrosa-ca-'))
    cleanups.push(() => rmSync(dir, { recursive: true }))
    writeFileSync(join(dir, 'ca.pem'), rootCertificates[0]!)
    return join(dir, 'ca.pem')
  }
  const cases: [string, string, boolean, () => string | undefined][] = [
    ['of an unknown CA, smtps', 'localhost', true, () => undefined],
    ['of another CA, smtps', 'localhost', true, other],
    ['of another CA, STARTTLS', 'localhost', false, other],
    ['of another name, smtps', '127.0.0.1', true, () => caFile],
    ['of another name, STARTTLS', '127.0.0.1', false, () => caFile],
    ['of another name, STARTTLS, not loopback', '0.0.0.0', false, () => caFile],
  ]

  test.each(cases)('%s: refused before login and letter, whatever the environment says', async (_, host, secure, ca) => {
    const server = await mailServer({ secure })
    const scheme = secure ? 'smtps' : 'smtp'
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
    cleanups.push(() => {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before
    })
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    const fault = await faultOf(mailTo(`${scheme}://${LOGIN}${host}:${server.port}`, { ca: ca() }).send(letter))
    expect([fault.kind, server.logins, server.arrived]).toEqual(['tls', [], []])
    expect(fault.message).toContain('SUBROSA_SMTP_CA')
    // and the server is there: under the right name with the right CA it takes the letter
    await mailTo(`${scheme}://${LOGIN}localhost:${server.port}`, { ca: caFile }).send(letter)
    expect(server.arrived).toHaveLength(1)
  })

  test('a server that speaks no TLS on a port for it', async () => {
    const server = await mailServer()
    expect((await faultOf(mailTo(`smtps://${LOGIN}localhost:${server.port}`, { ca: caFile }).send(letter))).kind).toBe('tls')
    expect(server.logins).toEqual([])
  })
})

describe('no', () => {
  test('a wrong password, and a server that asks for none where one is set', async () => {
    const server = await mailServer()
    const mail = mailTo(`smtp://wren:wrong@localhost:${server.port}`, { ca: caFile })
    expect(await faultOf(mail.send(letter))).toMatchObject({ kind: 'login', reply: 535 })
    expect(await faultOf(mail.verify())).toMatchObject({ kind: 'login', reply: 535 })
    const open = await mailServer({ disabledCommands: ['AUTH'], authOptional: true })
    expect((await faultOf(mailTo(`smtp://${LOGIN}localhost:${open.port}`, { ca: caFile }).send(letter))).kind).toBe('login')
    const strict = await mailServer()
    const nobody = mailTo(`smtp://localhost:${strict.port}`, { ca: caFile })
    expect(await faultOf(nobody.send(letter))).toMatchObject({ kind: 'login', reply: 530 })
    expect([...server.arrived, ...open.arrived, ...strict.arrived]).toEqual([])
  })

  const replies: [string, Nos, MailFault['kind'], number][] = [
    ['no such mailbox', { rcpt: 550 }, 'recipient', 550],
    ['the mailbox is busy', { rcpt: 450 }, 'temporary', 450],
    ['the sender is not ours to use', { mail: 553 }, 'sender', 553],
    ['too many letters', { mail: 451 }, 'temporary', 451],
    ['the text looks like spam', { data: 554 }, 'message', 554],
    ['the disk is full', { data: 452 }, 'temporary', 452],
  ]
  test.each(replies)('%s', async (_, no, kind, reply) => {
    for (const hidePIPELINING of [false, true]) {
      const server = await mailServer({ hidePIPELINING }, no)
      const lines: string[] = []
      const mail = mailTo(`smtp://${LOGIN}localhost:${server.port}`, { ca: caFile, log: openLog((line) => lines.push(line)) })
      const fault = await faultOf(mail.send(letter))
      expect(fault).toMatchObject({ kind, reply })
      // the server did name the address, and it goes no further than the cause
      expect(String(fault.cause)).toContain('dan@client.example')
      expect(fault.message).not.toMatch(/dan|client\.example/)
      expect(lines.join('')).toContain(`${kind}, the server said ${reply}`)
      expect(lines.join('')).not.toMatch(/dan|client\.example|password|secret/)
    }
  })
})

describe('a server that does not answer', () => {
  /** A peer on 127.0.0.1 that does to each connection what it is told. */
  async function peer(does: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      does(socket)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    cleanups.push(() => {
      for (const socket of sockets) socket.destroy()
      return new Promise((done) => server.close(done))
    })
    return (server.address() as AddressInfo).port
  }
  /** One byte at a time, for ever: never silent, never done. */
  const trickle = (socket: Socket, text: string) => {
    let at = 0
    const timer = setInterval(() => socket.write(text[at++ % text.length]!), 20)
    socket.on('close', () => clearInterval(timer))
  }
  const peers: [string, (socket: Socket) => void, typeof SILENT?][] = [
    ['never greets', () => {}],
    ['never ends its greeting', (socket) => trickle(socket, '220-wait ')],
    ['hangs up', (socket) => socket.destroy()],
    ['says that it is no mail server', (socket) => socket.end('554 no SMTP service here\r\n')],
    ['goes silent after its greeting', (socket) => socket.write('220 mail\r\n')],
    [
      'trickles its answer for ever',
      (socket) => {
        socket.write('220 mail\r\n')
        socket.once('data', () => trickle(socket, '250-wait '))
      },
      ENDLESS,
    ],
  ]
  test.each(peers)('%s', { timeout: 15_000 }, async (_, does, limits = SILENT) => {
    const plain = mailTo(`smtp://127.0.0.1:${await peer(does)}`, { limits })
    expect((await faultOf(plain.send(letter))).kind).toBe('unreachable')
    expect((await faultOf(plain.verify())).kind).toBe('unreachable')
  })

  test('never answers the handshake', { timeout: 15_000 }, async () => {
    const port = await peer(() => {})
    expect((await faultOf(mailTo(`smtps://localhost:${port}`, { ca: caFile, limits: SILENT }).send(letter))).kind).toBe('unreachable')
  })

  test('is not there, by port or by name', async () => {
    const gone = await mailServer()
    await gone.close()
    expect((await faultOf(mailTo(`smtp://127.0.0.1:${gone.port}`).send(letter))).kind).toBe('unreachable')
    expect((await faultOf(mailTo('smtps://mail.invalid').send(letter))).kind).toBe('unreachable')
  })
})
