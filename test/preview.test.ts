import { beforeEach, expect, test } from 'vitest'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { errorIn } from './world/handled.ts'
import { cfb, zip } from './reading/made.ts'
import { doc, odf } from './reading/made-texts.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
beforeEach(() => firm.beginAnew())

const MAIL = `From: "Halden Pryce" <h.pryce@halden.test>
To: ada@wren-ames.test
Subject: =?utf-8?Q?The_terms_=E2=80=93_as_agreed?=
Date: Tue, 04 Aug 2026 10:15:00 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

The draft is attached.
--b
Content-Type: application/pdf; name="draft.pdf"
Content-Disposition: attachment; filename="draft.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjcK
--b--
`.replaceAll('\n', '\r\n')

const preview = async (by: Caller, document: string) => {
  const { opening } = await by.ok('document.open', { params: { document } })
  return by.ask('document.preview', { params: { opening } })
}

test('an e-mail is shown by what it says; its name says nothing of what it is', async () => {
  const document = await firm.file('terms.pdf', '', MAIL)
  expect(document).toMatchObject({ mediaType: 'message/rfc822', shown: 'read' })
  const reply = await preview(world.ben, document.id)
  expect(reply.json).toEqual({
    kind: 'mail',
    subject: 'The terms – as agreed',
    from: { name: 'Halden Pryce', address: 'h.pryce@halden.test' },
    to: [{ name: '', address: 'ada@wren-ames.test' }],
    cc: [],
    date: '2026-08-04T08:15:00.000Z',
    text: expect.stringContaining('The draft is attached.') as string,
    textFrom: 'plain',
    attachments: [{ name: 'draft.pdf', mediaType: 'application/pdf', size: 9 }],
    cut: false,
  })
})

test('an archive is shown by its list, with what must not become a name; a bomb is refused and the next file is read', async () => {
  const list = await firm.file(
    'bundle',
    '',
    zip([
      { path: 'letters/one.txt', data: 'one' },
      { path: '../../etc/passwd', data: 'x' },
    ]),
  )
  const shown = (await preview(world.ada, list.id)).json as { entries: unknown[] }
  expect(shown.entries).toEqual([
    { path: 'letters/one.txt', size: 3, isDirectory: false, isEncrypted: false, refused: null },
    { path: '../../etc/passwd', size: 1, isDirectory: false, isEncrypted: false, refused: 'traversal' },
  ])
  const word = [
    { path: '[Content_Types].xml', data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>' },
    { path: 'word/document.xml', data: Buffer.alloc(64 * 1024 * 1024) },
  ]
  const bomb = await firm.file('bomb.docx', '', zip(word))
  const refused = await preview(world.ada, bomb.id)
  expect([refused.status, errorIn(refused).code]).toEqual([422, 'preview.refused'])
  expect((await preview(world.ada, list.id)).status).toBe(200)
})

test('what is opened for reading is not handed out as bytes; another session, a stranger and an opening that is over get nothing', async () => {
  const document = await firm.file('mail', '', MAIL)
  const { opening, content } = await world.ada.ok('document.open', { params: { document: document.id } })
  expect((await world.ada.send('GET', content)).status).toBe(404)
  const asked = { params: { opening } }
  const nothing = await world.cora.ask('document.preview', { params: { opening: document.id as never } })
  for (const other of [world.cora, world.ben]) {
    const reply = await other.ask('document.preview', asked)
    expect([reply.status, reply.bytes.toString()]).toEqual([404, nothing.bytes.toString()])
  }
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.openings set ends_at = now() - interval '1 second' where id = $1`, [opening]),
  )
  expect((await world.ada.ask('document.preview', asked)).status).toBe(404)
})

test('a page and a script are the text that they are', async () => {
  expect(await firm.file('a.html', '', '<!doctype html><script>alert(1)</script>')).toMatchObject({ shown: 'text' })
  expect(await firm.file('b', '', '#!/bin/sh\nrm -r .\n')).toMatchObject({ shown: 'text' })
})

test.each([
  ['application/rtf', Buffer.from(String.raw`{\rtf1\ansi The terms}`)],
  ['application/msword', doc([{ text: 'The terms\r' }])],
  ['application/vnd.oasis.opendocument.text', odf('text', '<text:p>The terms</text:p>')],
])('%s is shown as its text', async (mediaType, bytes) => {
  const document = await firm.file('terms', '', bytes)
  expect(document).toMatchObject({ mediaType, shown: 'read' })
  expect((await preview(world.ben, document.id)).json).toEqual({
    kind: 'text',
    blocks: [{ type: 'paragraph', text: 'The terms' }],
    cut: false,
  })
})

test('an Office file under a password says so', async () => {
  const document = await firm.file('terms', '', cfb({ EncryptedPackage: Buffer.alloc(600), EncryptionInfo: Buffer.alloc(600) }))
  const reply = await preview(world.ben, document.id)
  expect([reply.status, errorIn(reply).text]).toEqual([422, 'It is under a password, which is not known here.'])
})
