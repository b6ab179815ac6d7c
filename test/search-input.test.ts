import { beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import { docx, zip } from './reading/made.ts'
import { lockedPdf } from './scans/made.ts'
import type { Reply } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { found as foundBy, indexed, search } from './world/searching.ts'
import { useWorld } from './world/world.ts'

// Whatever is typed or brought in: an answer or a refusal, never a fault, and no word of it in a log.

const world = useWorld()
const firm = new Filed(world)
const { file } = firm
beforeEach(() => firm.beginAnew())
const found = (words: string) => foundBy(world.ada, words, { matters: [firm.matter as never] })
const WORD = 'zqwhisper'
const CALLS = [
  ['search.run', (words: string) => ({ words })],
  ['search.export', (words: string) => ({ words })],
  ['search.suggest', (words: string) => ({ words })],
  ['search.save', (words: string) => ({ name: 'Kept', words })],
] as const

const TYPED: Record<string, string> = {
  'a star alone': '*',
  'a question mark alone': '?',
  'stars': '* ** ***',
  'a wildcard of one letter': 'z*',
  'nothing': '',
  'blanks': ' \t\n\u00a0\u2003 ',
  'a thousand parentheses': `${'('.repeat(1000)}${WORD}${')'.repeat(1000)}`,
  'parentheses that do not close': `${'('.repeat(900)}${WORD}`,
  'parentheses that were not opened': `${WORD}${')'.repeat(900)}`,
  'a thousand NOTs': `${'NOT '.repeat(450)}${WORD}`,
  'operators alone': 'AND OR NOT w/5 pre/3 /s /p',
  'nested proximity': `${WORD} ${`w/5 ${WORD} `.repeat(150)}`,
  'a proximity of no size': `a w/999999999999999999999 ${WORD}`,
  'an expression that backtracks': `(a+)+$ (${WORD}|${WORD})*! ${'a'.repeat(1500)}!`,
  'patterns that backtrack': `ab${'*a'.repeat(900)}`,
  'many wildcards': Array.from(
    { length: 64 },
    (_, n) => `${String.fromCharCode(97 + (n % 26))}${String.fromCharCode(97 + ((n * 7) % 26))}*`,
  ).join(' OR '),
  'a zero byte': `${WORD}\u0000${WORD}`,
  'half of a pair': `\ud800${WORD}\udfff`,
  'from right to left': `\u202e${WORD} \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627`,
  'letters over letters': `z${'\u0301'.repeat(1500)}`,
  'quotes that do not close': `"${WORD} "" "`,
  'fields of nothing': 'matter: client: from: date: class: ext: type:',
  'fields of fields': 'matter:client:from:name:x',
  'days that are none': 'date:2026-02-31 date:99999-01-01..0000-00-00 date:..',
  'SQL': `'; drop table app.terms; -- ${WORD}`,
  'brackets': `{${WORD},"x"} [1:2] $1 %s`,
  'an own emoji': '👩🏽‍⚖️ 🏳️‍🌈',
}

test.each(Object.entries(TYPED))('what is typed is answered or refused: %s', async (_, words) => {
  for (const [call, body] of CALLS) {
    const reply = await world.ada.ask(call, { body: body(words) })
    expect([call, [200, 201, 400].includes(reply.status), reply.status]).toEqual([call, true, reply.status])
    if (reply.status === 400) expect(reply.bytes.toString()).not.toContain(WORD)
  }
  expect(world.log.filter((line) => line.includes(' error ') || line.includes(WORD))).toEqual([])
})

test('a search of ten megabytes is refused before it is read, one of ten thousand letters is read in part', async () => {
  const send = (body: string): Promise<Reply> =>
    world.ada.send('POST', '/api/search', { 'content-type': 'application/json' }, Buffer.from(body))
  expect((await send(JSON.stringify({ words: `${WORD} `.repeat(1_000_000) }))).status).toBe(413)
  expect((await send(JSON.stringify({ words: 'a'.repeat(10_001) }))).status).toBe(400)
  expect((await send('{"words":"\\ud800"}')).status).toBe(200)
  expect((await send('{"words":')).status).toBe(400)
  expect((await send('{"words":7}')).status).toBe(400)
  const { notes } = await search(world.ada, `${WORD} `.repeat(1000))
  expect(notes.join()).not.toBe('')
  expect(world.log.filter((line) => line.includes(WORD))).toEqual([])
})

test('a page beyond the end is empty; what is narrowed to nothing finds nothing; too much of either is refused', async () => {
  await file('One.txt', '', `The ${WORD}`)
  await indexed(world.ada, firm.matter)
  const run = (more: object) => world.ada.ask('search.run', { body: { words: WORD, ...more } })
  expect((await world.ada.ok('search.run', { body: { words: WORD, start: 2000 } })).hits).toEqual([])
  for (const more of [
    { start: -1 },
    { start: 2001 },
    { limit: 0 },
    { limit: 51 },
    { order: 'worst' },
    { narrow: { years: [1.5] } },
    { narrow: { matters: ['x'] } },
  ])
    expect([more, (await run(more)).status]).toEqual([more, 400])
  const nowhere = { matters: [uuidv7(Date.now()) as never] }
  const { total, facets } = await search(world.ada, WORD, nowhere)
  expect([total, facets.matters.filter(({ id }) => id === nowhere.matters[0])]).toEqual([0, []])
  expect((await run({ narrow: { people: ['\u0000', '%'], years: [0, 9999] } })).status).toBe(200)
})

test('letters of every script are found: a phrase of Chinese, Hebrew and Arabic, words with marks, wide letters', async () => {
  await file('合同.txt', '', '本合同项下的保密义务在合同终止后五年内继续有效。')
  await file('hebrew.txt', '', 'הסכם הסודיות נחתם אתמול')
  await file('arabic.txt', '', 'تم توقيع اتفاقية السرية أمس')
  await file('marks.txt', '', 'Le pre\u0301judice cause\u0301 par l’inondation, ＷＩＤＥ letters')
  await indexed(world.ada, firm.matter)
  expect(await found('"保密义务"')).toEqual(['合同.txt'])
  expect(await found('保密义务')).toEqual(['合同.txt'])
  expect(await found('"义务保密"')).toEqual([])
  expect(await found('合同')).toEqual(['合同.txt'])
  expect(await found('"הסכם הסודיות"')).toEqual(['hebrew.txt'])
  expect(await found('"اتفاقية السرية"')).toEqual(['arabic.txt'])
  expect(await found('préjudice')).toEqual(['marks.txt'])
  expect(await found('wide')).toEqual(['marks.txt'])
})

test('a file that cannot be read says why, and is found by its name; one whose letters are of an old code page is read', async () => {
  await file('Locked.pdf', '', lockedPdf())
  await file('Broken.docx', '', docx('<w:p><w:r><w:t>cut').subarray(0, 300))
  await file('Old.txt', '', Buffer.concat([Buffer.from('caf'), Buffer.from([0xe9]), Buffer.from(' de la gare, d\xe9p\xf4t', 'latin1')]))
  await file('Zeros.bin', '', Buffer.alloc(4096))
  await indexed(world.ada, firm.matter)
  const { documents } = await world.ada.ok('index.status', firm.here())
  const why = (name: string) => documents.find((one) => one.name === name)
  expect(why('Locked.pdf')).toMatchObject({ state: 'unreadable', why: expect.stringContaining('password') })
  expect(why('Broken.docx')).toMatchObject({ state: 'unreadable', why: expect.stringMatching(/\w/) })
  expect(why('Zeros.bin')).toMatchObject({ state: 'unreadable', why: expect.stringMatching(/\w/) })
  for (const name of ['locked', 'broken', 'zeros']) expect(await found(name)).toHaveLength(1)
  expect(await found('café')).toEqual(['Old.txt'])
  expect(await found('dépôt')).toEqual(['Old.txt'])
})

test('of an archive that was read in part it is said what was not, and a part is read again as a whole is', async () => {
  const archive = await file(
    'Bundle.zip',
    '',
    zip([
      { path: 'letter.txt', data: Buffer.from(`The ${WORD} of the weir`) },
      { path: 'locked.pdf', data: lockedPdf() },
    ]),
  )
  await file('Whole.txt', '', 'Nothing is left out here')
  await indexed(world.ada, firm.matter)
  expect(await found(WORD)).toEqual(['Bundle.zip'])
  const standing = async () => (await world.ada.ok('index.status', firm.here())).documents
  const partly = { document: archive.id, state: 'indexed', why: '', unread: [expect.stringContaining('locked.pdf')] }
  expect(await standing()).toEqual([expect.objectContaining(partly)])
  await world.ada.ok('index.again', { params: { document: archive.id }, body: {} })
  await indexed(world.ada, firm.matter)
  expect(await standing()).toEqual([expect.objectContaining(partly)])
})

test('what an Office file refers to outside of itself is never fetched', async () => {
  const asked: string[] = []
  const { createServer } = await import('node:http')
  const server = createServer((request, answer) => {
    asked.push(request.url!)
    answer.end('fetched')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const outside = `http://127.0.0.1:${port}`
  const image = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image'
  const body = `<w:p><w:r><w:t>The ${WORD} of the weir</w:t></w:r><w:r><w:fldSimple w:instr="INCLUDETEXT ${outside}/text"/></w:r></w:p>`
  await file('Linked.docx', '', docx(body, {}, [['rId9', image, `${outside}/picture" TargetMode="External`]]))
  await file(
    'Entity.html',
    '',
    `<!DOCTYPE html [<!ENTITY x SYSTEM "${outside}/entity">]><img src="${outside}/img"><link href="${outside}/css"><p>${WORD} &x;</p>`,
  )
  await indexed(world.ada, firm.matter)
  expect((await found(WORD)).sort()).toEqual(['Entity.html', 'Linked.docx'])
  await new Promise<void>((resolve) => server.close(() => resolve()))
  expect(asked).toEqual([])
})
