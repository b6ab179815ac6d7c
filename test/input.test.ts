import { connect as connectTcp } from 'node:net'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { USER_AGENT } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const upload = (name: string, bytes = Buffer.from('some words'), folder = '') => world.ada.tryUpload(world.orchard.id, name, folder, bytes)
const code = (reply: { json: unknown }) => (reply.json as { error: { code: string } }).error.code
const names = async () =>
  (await world.ada.ok('document.list', { params: { matter: world.orchard.id } })).documents.map((one) => one.name).sort()
const incoming = () => readdir(join(world.dir, 'data', 'blobs', 'incoming'))

test.each([
  ['a slash', 'a/b.txt'],
  ['a backslash', 'a\\b.txt'],
  ['a control character', 'a\u0007.txt'],
  ['a line break', 'a\nb.txt'],
  ['a right-to-left mark', 'gpj\u202etxt.exe'],
  ['an isolate', 'a\u2066b.txt'],
  ['a path', '..'],
  ['nothing but spaces', '   '],
  ['300 bytes', 'é'.repeat(150)],
])('a name with %s is refused and nothing is kept', async (_, name) => {
  const before = await names()
  const reply = await upload(name)
  expect([reply.status, code(reply)]).toEqual([400, 'name.refused'])
  expect((await upload('x.txt', Buffer.from('x'), `folder/${name === 'a/b.txt' ? '..' : name}`)).status).toBe(400)
  expect(await names()).toEqual(before)
  expect(await incoming()).toEqual([])
})

test('a name of 255 bytes in any script is kept as it is', async () => {
  const name = `${'名'.repeat(83)}.pdf`
  expect((await upload(name)).status).toBe(201)
  expect(await names()).toContain(name)
})

test('names that some computer keeps for itself, and names that differ by case alone, are kept as they are: each is a document', async () => {
  const kept = [
    'CON',
    'nul.txt',
    'COM1.log',
    'aux',
    'Letter.txt',
    'LETTER.TXT',
    'letter.txt',
    'trailing dot.',
    '.hidden',
    '~$draft.docx',
    'a:b*?.txt',
    '-rf',
  ]
  for (const name of kept) expect([name, (await upload(name, Buffer.from('words'), 'PRN/case')).status]).toEqual([name, 201])
  const { documents } = await world.ada.ok('document.list', { params: { matter: world.orchard.id } })
  expect(
    documents
      .filter(({ folder }) => folder === 'PRN/case')
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...kept].sort())
})

test('the same name twice in a folder is refused, also when both come at once, also in its other Unicode form', async () => {
  expect((await upload('twice.txt')).status).toBe(201)
  const again = await upload('twice.txt', Buffer.from('other words'))
  expect([again.status, code(again)]).toEqual([409, 'name.taken'])
  const both = await Promise.all([upload('racing.txt'), upload('racing.txt'), upload('racing.txt')])
  expect(both.map((reply) => reply.status).sort()).toEqual([201, 409, 409])
  expect((await upload('Caf\u00e9.txt')).status).toBe(201)
  expect((await upload('Cafe\u0301.txt')).status).toBe(409)
  expect((await upload('twice.txt', Buffer.from('words'), 'elsewhere')).status).toBe(201)
  expect(await incoming()).toEqual([])
})

test('an empty file is refused', async () => {
  const reply = await upload('empty.txt', Buffer.alloc(0))
  expect([reply.status, code(reply)]).toEqual([400, 'document.empty'])
  expect(await incoming()).toEqual([])
})

test('a body that ends before its announced length leaves nothing', async () => {
  const before = await names()
  const url = new URL(world.firm.url!)
  for (const sent of ['only this', '']) {
    await new Promise<void>((resolve) => {
      const socket = connectTcp(Number(url.port), '127.0.0.1', () => {
        socket.write(
          `POST /api/matters/${world.orchard.id}/documents?name=short.txt HTTP/1.1\r\nhost: localhost\r\ncookie: ${world.ada.cookie}\r\nuser-agent: ${USER_AGENT}\r\nsec-fetch-site: same-origin\r\ncontent-length: 5000\r\n\r\n${sent}`,
        )
        setTimeout(() => socket.destroy(), 200)
      })
      socket.on('close', () => resolve())
    })
  }
  await expect.poll(incoming).toEqual([])
  expect(await names()).toEqual(before)
})

test('a content length that is not a number is refused by the door itself', async () => {
  const url = new URL(world.firm.url!)
  const answer = await new Promise<string>((resolve) => {
    let text = ''
    const socket = connectTcp(Number(url.port), '127.0.0.1', () =>
      socket.write(`POST /api/clients HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10, 20\r\n\r\n{}`),
    )
    socket.on('data', (part) => (text += part.toString()))
    socket.on('close', () => resolve(text))
  })
  expect(answer).toMatch(/^HTTP\/1\.1 400/)
})

test('a multipart form adds its file, and one that is cut off adds nothing', async () => {
  const form = (end: string, name = 'from a form.txt') =>
    Buffer.from(
      `--xyz\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\nform words${end}`,
    )
  const send = (body: Buffer) =>
    world.ada.send('POST', `/api/matters/${world.orchard.id}/documents`, { 'content-type': 'multipart/form-data; boundary=xyz' }, body)
  expect((await send(form('\r\n--xyz--\r\n'))).status).toBe(201)
  expect(await names()).toContain('from a form.txt')
  const before = await names()
  const cut = await send(form('', 'cut off.txt'))
  expect([cut.status >= 400, code(cut)]).toEqual([true, 'body.length'])
  expect((await send(Buffer.from('--xyz--\r\n'))).status).toBe(400)
  expect(await names()).toEqual(before)
  expect(await incoming()).toEqual([])
})

test('a body of JSON that grows past its limit without announcing it is refused', async () => {
  const reply = await fetch(`${world.firm.url}/api/clients`, {
    method: 'POST',
    body: new Blob([JSON.stringify({ name: 'x'.repeat(600_000) })]).stream(),
    duplex: 'half',
    headers: { 'content-type': 'application/json', 'cookie': world.ada.cookie!, 'user-agent': USER_AGENT, 'origin': world.firm.url! },
  } as RequestInit)
  expect(reply.status).toBe(413)
})

const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  world.ada.send('POST', '/api/clients', headers, Buffer.from(body))

test.each([
  ['is not JSON', '{"name":', 400, 'body.malformed'],
  ['is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'), 400, 'body.malformed'],
  ['is nested too deeply', '['.repeat(5000) + ']'.repeat(5000), 400, 'body.too_deep'],
  ['is too large', JSON.stringify({ name: 'x'.repeat(300_000) }), 413, 'body.too_large'],
  ['reaches for a prototype', '{"__proto__":{"name":"x"}}', 400, 'body.malformed'],
  ['lacks what is needed', '{}', 400, 'input.invalid'],
  ['has a name with a control character', '{"name":"a\\u0000b"}', 400, 'name.refused'],
])('a JSON body that %s is refused', async (_, body, status, expected) => {
  const reply = await post(body)
  expect([reply.status, code(reply)]).toEqual([status, expected])
})

test('a body of another kind is refused', async () => {
  expect((await post('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415)
})

test.each(['1', 'not-an-id', '00000000-0000-0000-0000-00000000000g', '%00', "' or 1=1 --"])(
  'an id that is not an id (%s) is refused as one',
  async (id) => {
    const reply = await world.ada.ask('matter.read', { params: { matter: id } })
    expect([reply.status, code(reply)]).toEqual([400, 'id.malformed'])
  },
)
