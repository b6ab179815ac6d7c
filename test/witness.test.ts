import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addCheckpointBody } from '../src/core/add-checkpoint.ts'
import { cosignaturesOn, parseCosignerKey, withCosignatures } from '../src/core/cosignature.ts'
import { EMPTY_ROOT } from '../src/core/merkle.ts'
import { newSigningSeed, openNote, parseVkey, signerOf } from '../src/core/note.ts'
import { silentLog } from '../src/platform/log.ts'
import { makeWitness, openWitness, type Witness } from '../src/witness/folder.ts'
import { evidenceOf, forgetLog, lastCosigned, logOf, trustLog } from '../src/witness/logs.ts'
import { serveWitness, type Serving } from '../src/witness/server.ts'
import { hashOfOrigin, MadeLog, post } from './world/witnessing.ts'

// c2sp.org/tlog-witness, over HTTP. The seeds and leaves are made up, the witness is the real one.

const home = await mkdtemp(join(tmpdir(), 'witness-'))
const dir = join(home, 'witness')
let witness: Witness
let serving: Serving
const PLACE = { host: '127.0.0.1', port: 0, tls: null, isBehindProxy: false }

beforeAll(async () => {
  witness = await makeWitness(dir, 'witness.notary.example/1')
  serving = await serveWitness(witness, PLACE, silentLog)
})
afterAll(async () => {
  await serving.close()
  await rm(home, { recursive: true, force: true })
})

async function trusted(leaves: number): Promise<MadeLog> {
  const log = new MadeLog().grow(leaves)
  await trustLog(witness, log.vkey)
  return log
}
const send = (log: MadeLog, old: number, size?: number) => post(serving.url, log.body(old, size))
const sizeOf = async (log: MadeLog): Promise<number | null> =>
  (await lastCosigned(witness, (await logOf(witness, log.origin))!))?.checkpoint.size ?? null

test('what only grows is cosigned, and the cosignature opens beside the log’s own signature', async () => {
  const log = await trusted(7)
  const before = Math.floor(Date.now() / 1000)
  for (const [old, size] of [
    [0, 1],
    [1, 3],
    [3, 3],
    [3, 7],
  ] as const) {
    const answer = await send(log, old, size)
    expect(answer.status, `${old} to ${size}`).toBe(200)
    expect(answer.body).toMatch(/^\u2014 witness\.notary\.example\/1 \S+\n$/)
    const note = withCosignatures(log.note(size), [answer.body.trimEnd()])
    expect(openNote(note, [parseVkey(log.vkey), parseCosignerKey(witness.vkey)]).signers).toEqual([log.origin, 'witness.notary.example/1'])
    const [cosigned] = cosignaturesOn(note, [witness.key])
    expect(cosigned!.time).toBeGreaterThanOrEqual(before)
    expect(cosigned!.time).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000))
    expect(await sizeOf(log)).toBe(size)
  }
})

test('a log that it was not told of: 404', async () => {
  expect((await send(new MadeLog().grow(2), 0)).status).toBe(404)
})

test('no signature of a trusted key, or one that does not verify: 403', async () => {
  const log = await trusted(2)
  const stranger = new MadeLog(log.origin, undefined, log.leaves)
  expect((await send(stranger, 0)).status).toBe(403)
  const broken = addCheckpointBody({ old: 0, proof: [], checkpoint: log.note(2).replace('\n2\n', '\n3\n') })
  expect((await post(serving.url, broken)).status).toBe(403)
  // a good line does not make a bad one of the same key good
  const both = log.note(1) + log.note(2).slice(log.note(2).lastIndexOf('\n\n') + 2)
  expect((await post(serving.url, addCheckpointBody({ old: 0, proof: [], checkpoint: both }))).status).toBe(403)
  expect(await sizeOf(log)).toBeNull()
})

test('signatures of strangers beside the log’s are passed over, and not kept', async () => {
  const log = await trusted(2)
  const checkpoint = log.note(2) + '\u2014 stranger.example AAAAAAAAAAAA\n'.repeat(20)
  expect((await post(serving.url, addCheckpointBody({ old: 0, proof: [], checkpoint }))).status).toBe(200)
  expect((await lastCosigned(witness, (await logOf(witness, log.origin))!))!.note).not.toContain('stranger')
})

test('an old size above the checkpoint’s: 400, also where it is the size that was cosigned', async () => {
  const log = await trusted(5)
  expect((await send(log, 0)).status).toBe(200)
  expect((await post(serving.url, addCheckpointBody({ old: 5, proof: [], checkpoint: log.note(4) }))).status).toBe(400)
})

test('another old size than what was cosigned: 409 with that size', async () => {
  const log = await trusted(9)
  expect(await send(log, 4, 9)).toEqual({ status: 409, type: 'text/x.tlog.size', body: '0\n' })
  expect((await send(log, 0, 6)).status).toBe(200)
  for (const old of [0, 5, 7]) expect(await send(log, old, 9), `old ${old}`).toEqual({ status: 409, type: 'text/x.tlog.size', body: '6\n' })
  // a conflict comes before anything that the proof could say
  const proved = addCheckpointBody({ old: 0, proof: [Buffer.alloc(32)], checkpoint: log.note(9) })
  expect((await post(serving.url, proved)).status).toBe(409)
  expect((await send(log, 6, 9)).status).toBe(200)
})

test('a proof that does not verify, and one where there is nothing to prove: 422, kept as evidence', async () => {
  const log = await trusted(9)
  expect((await post(serving.url, addCheckpointBody({ old: 0, proof: [Buffer.alloc(32)], checkpoint: log.note(5) }))).status).toBe(422)
  expect((await send(log, 0, 5)).status).toBe(200)
  const proof = log.proof(5, 9)
  for (const wrong of [[], proof.slice(1), [...proof, proof[0]!], proof.toReversed(), proof.map(() => Buffer.alloc(32))])
    expect((await post(serving.url, addCheckpointBody({ old: 5, proof: wrong, checkpoint: log.note(9) }))).status).toBe(422)
  expect((await post(serving.url, addCheckpointBody({ old: 5, proof: [proof[0]!], checkpoint: log.note(5) }))).status).toBe(422)
  expect(await sizeOf(log)).toBe(5)
  expect((await send(log, 5, 9)).status).toBe(200)
})

test('a fork is never cosigned, though its log signed it: of the same size, larger, or from before', async () => {
  const log = await trusted(8)
  expect((await send(log, 0, 8)).status).toBe(200)
  for (const at of [0, 3, 7]) {
    for (const size of [8, 9, 20]) {
      const fork = log.forked(at, size)
      for (const old of [8]) {
        const answer = await send(fork, old)
        expect(answer.status, `fork at ${at}, size ${size}`).toBe(422)
        expect(answer.body).not.toContain('\u2014')
      }
      expect((await send(fork, at)).status).toBe(409)
    }
  }
  expect(await sizeOf(log)).toBe(8)
  const kept = await evidenceOf((await logOf(witness, log.origin))!)
  expect(kept).toHaveLength(9)
  // what is kept is the request as it came: with the log's own signature
  expect(await readFile(join((await logOf(witness, log.origin))!.dir, kept[0]!), 'utf8')).toContain(`\u2014 ${log.origin} `)
})

test('the empty tree has the root of nothing, and any tree follows it', async () => {
  const log = await trusted(3)
  const wrong = log.signer.sign(`${log.origin}\n0\n${Buffer.alloc(32).toString('base64')}\n`)
  expect((await post(serving.url, addCheckpointBody({ old: 0, proof: [], checkpoint: wrong }))).status).toBe(422)
  const empty = log.signer.sign(`${log.origin}\n0\n${EMPTY_ROOT.toString('base64')}\n`)
  for (let n = 0; n < 2; n++)
    expect((await post(serving.url, addCheckpointBody({ old: 0, proof: [], checkpoint: empty }))).status).toBe(200)
  expect((await post(serving.url, addCheckpointBody({ old: 0, proof: [Buffer.alloc(32)], checkpoint: empty }))).status).toBe(422)
  expect((await send(log, 0)).status).toBe(200)
  expect((await post(serving.url, addCheckpointBody({ old: 0, proof: [], checkpoint: empty }))).status).toBe(409)
})

test('extension lines are cosigned as they stand', async () => {
  const log = await trusted(2)
  const note = log.signer.sign(`${log.text(2)}an extension\n`)
  const answer = await post(serving.url, addCheckpointBody({ old: 0, proof: [], checkpoint: note }))
  expect(answer.status).toBe(200)
  expect(cosignaturesOn(note + answer.body, [witness.key])).toHaveLength(1)
})

test('a request that is malformed: 400, and nothing changes', async () => {
  const log = await trusted(4)
  expect((await send(log, 0, 2)).status).toBe(200)
  const good = log.body(2, 4)
  const bytes = Buffer.from(good)
  const wrong = [
    '',
    '\n',
    '\n\n',
    'old',
    'old 2',
    'old 2\n',
    good.replace('old 2', 'old 02'),
    good.replace('old 2', 'old -2'),
    good.replace('old', 'new'),
    good.replaceAll('\n', '\r\n'),
    good.trimEnd(),
    `${good}\n`,
    `${good}x`,
    good.replace('\n\n', '\n'),
    good.replace('\n4\n', '\n04\n'),
    good.replace('\n4\n', '\n4.0\n'),
    good.replace('\n4\n', '\n'),
    `\ufeff${good}`,
    good.replace('log.example', 'log\texample'),
    `old 2\n${'A'.repeat(43)}=\n`.padEnd(200, 'A') + good,
  ]
  for (const body of wrong) expect((await post(serving.url, body)).status, JSON.stringify(body).slice(0, 80)).toBe(400)
  expect((await post(serving.url, new Uint8Array([...bytes.subarray(0, 3), 0xff, ...bytes.subarray(3)]))).status).toBe(400)
  expect((await post(serving.url, `old 2\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\n${log.note(4)}`)).status).toBe(400)
  expect((await post(serving.url, 'x'.repeat(200_000))).status).toBe(413)
  expect(await sizeOf(log)).toBe(2)
})

test('fuzz: a request with one byte changed, cut or doubled is refused or is cosigned as what it says, and never a fork', async () => {
  const log = await trusted(6)
  expect((await send(log, 0, 3)).status).toBe(200)
  const good = Buffer.from(log.body(3, 6))
  let seed = 7
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below
  const statuses = new Map<number, number>()
  for (let n = 0; n < 600; n++) {
    const at = random(good.length)
    const kind = n % 3
    const changed = Buffer.concat([
      good.subarray(0, at),
      kind === 0 ? Buffer.of(good[at]! ^ (1 + random(255))) : kind === 1 ? Buffer.alloc(0) : good.subarray(at, at + 1 + random(40)),
      kind === 1 && n % 2 === 0 ? Buffer.alloc(0) : good.subarray(kind === 2 ? at : at + 1),
    ])
    if (changed.equals(good)) continue
    const { status, body } = await post(serving.url, new Uint8Array(changed))
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    // a byte of the proof that is changed is 422, of the checkpoint 403 or 404, of the form 400; what verifies was the same text
    expect([400, 403, 404, 409, 422], `${n}: ${body}`).toContain(status)
  }
  expect([...statuses.keys()].sort()).toEqual([400, 403, 404, 409, 422].filter((status) => statuses.has(status)))
  expect(await sizeOf(log)).toBe(3)
  expect((await send(log, 3, 6)).status).toBe(200)
}, 300_000)

test('many at once: every answer was for the tree that was then the last, and no two histories are cosigned', async () => {
  const log = await trusted(150)
  const fork = log.forked(10, 150)
  const cosigned: { size: number; body: string }[] = []
  let [size, tries] = [0, 0]
  const worker = async (mine: MadeLog, n: number) => {
    while (size < 150 && tries < 4000) {
      tries += 1
      const [old, next] = [size, Math.min(150, size + 1 + ((tries * 7 + n) % 9))]
      const answer = await send(mine, old, next)
      if (answer.status === 200) {
        cosigned.push({ size: next, body: answer.body })
        size = Math.max(size, next)
      } else if (answer.status === 409) size = Math.max(size, Number(answer.body))
      else if (answer.status === 422 && old >= 10) await pause(1)
    }
  }
  await Promise.all([...Array.from({ length: 10 }, (_, n) => worker(log, n)), ...Array.from({ length: 6 }, (_, n) => worker(fork, n))])
  expect(size).toBe(150)
  // one history: every cosignature is of the log, or every one of the fork
  const histories = [log, fork].map(
    (one) =>
      cosigned.filter(({ size, body }) => {
        try {
          return cosignaturesOn(one.note(size) + body, [witness.key]).length === 1
        } catch {
          return false
        }
      }).length,
  )
  const beyond = cosigned.filter((one) => one.size > 10).length
  expect(Math.max(...histories)).toBe(cosigned.length)
  expect(beyond).toBeGreaterThan(20)
}, 300_000)

test('a log that changes its key is cosigned under both, once the new one is trusted for its origin', async () => {
  const log = await trusted(5)
  expect((await send(log, 0, 3)).status).toBe(200)
  const renewed = Object.assign(new MadeLog(log.origin, undefined, log.leaves), {})
  expect((await send(renewed, 3, 5)).status).toBe(403)
  await trustLog(witness, renewed.vkey, log.origin)
  expect((await send(renewed, 3, 5)).status).toBe(200)
  expect((await logOf(witness, log.origin))!.vkeys).toEqual([log.vkey, renewed.vkey])
})

test('a key under another name serves where the origin is named', async () => {
  const log = new MadeLog('log.example/one').grow(3)
  const signer = signerOf('key.example/two', newSigningSeed())
  await trustLog(witness, signer.vkey, log.origin)
  expect((await post(serving.url, addCheckpointBody({ old: 0, proof: [], checkpoint: signer.sign(log.text(3)) }))).status).toBe(200)
})

test('a log that is forgotten is cosigned no more, and begins where it was when it is trusted again', async () => {
  const log = await trusted(5)
  expect((await send(log, 0, 3)).status).toBe(200)
  await forgetLog(witness, log.origin)
  expect((await send(log, 3, 5)).status).toBe(403)
  await trustLog(witness, log.vkey)
  expect(await send(log, 0, 5)).toMatchObject({ status: 409, body: '3\n' })
  expect(await forgetLog(witness, 'nobody.example')).toBeNull()
})

test('a record that is damaged is not begun anew: nothing of that log is cosigned, and a start says which file', async () => {
  const log = await trusted(5)
  expect((await send(log, 0, 3)).status).toBe(200)
  const path = join((await logOf(witness, log.origin))!.dir, 'checkpoint')
  const whole = await readFile(path, 'utf8')
  for (const damaged of [
    '',
    whole.slice(0, -3),
    whole.replace('\n3\n', '\n2\n'),
    log.note(3),
    whole.replaceAll('log.example', 'gol.example'),
  ]) {
    await writeFile(path, damaged)
    expect((await send(log, 0, 5)).status, damaged).toBe(500)
    expect((await send(log, 3, 5)).status).toBe(500)
  }
  await writeFile(path, whole)
  expect((await send(log, 3, 5)).status).toBe(200)
})

test('the last checkpoint of a log can be had, with both signatures', async () => {
  const log = await trusted(4)
  const at = `${serving.url}/${hashOfOrigin(log.origin)}/checkpoint`
  expect((await fetch(at)).status).toBe(404)
  const { body } = await send(log, 0)
  const reply = await fetch(at)
  expect(reply.status).toBe(200)
  expect(await reply.text()).toBe(log.note() + body)
  expect((await fetch(`${serving.url}/${'0'.repeat(64)}/checkpoint`)).status).toBe(404)
  expect((await fetch(`${serving.url}/add-checkpoint`)).status).toBe(405)
  for (const path of ['/', '/../witness.json', `/${hashOfOrigin(log.origin)}/keys.json`, '/logs'])
    expect((await fetch(serving.url + path)).status).toBe(404)
})

test('a client that trickles its body or never ends is let go, and others are answered meanwhile', async () => {
  const log = await trusted(2)
  const { port } = new URL(serving.url)
  const slow = Array.from({ length: 20 }, () => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('POST /add-checkpoint HTTP/1.1\r\nhost: x\r\ncontent-length: 5000\r\n\r\nold 0\n')
    socket.on('error', () => {})
    return socket
  })
  await pause(100)
  expect((await send(log, 0)).status).toBe(200)
  for (const socket of slow) socket.destroy()
})

test('one folder, one program: a second is refused', async () => {
  await expect(serveWitness(await openWitness(dir), PLACE, silentLog)).rejects.toMatchObject({ code: 'witness.in_use' })
})

test('beyond this machine it is served by TLS, or behind a proxy that says so', async () => {
  const other = await makeWitness(join(home, 'other'), 'other.example')
  await expect(serveWitness(other, { ...PLACE, host: '0.0.0.0' }, silentLog)).rejects.toMatchObject({ code: 'host.unsafe' })
  const proxied = await serveWitness(other, { ...PLACE, host: '0.0.0.0', isBehindProxy: true }, silentLog)
  await proxied.close()
  await expect(
    serveWitness(other, { ...PLACE, tls: { cert: join(home, 'no.pem'), key: join(home, 'no.pem') } }, silentLog),
  ).rejects.toMatchObject({
    code: 'setting.malformed',
  })
})

test('the key is for its owner alone, and is never written over', async () => {
  const made = join(home, 'made')
  await makeWitness(made, 'made.example')
  expect((await stat(join(made, 'witness.json'))).mode & 0o777).toBe(0o600)
  await expect(makeWitness(made, 'made.example')).rejects.toMatchObject({ code: 'witness.exists' })
  await chmod(join(made, 'witness.json'), 0o644)
  await expect(openWitness(made)).rejects.toMatchObject({ code: 'witness.broken' })
  await expect(openWitness(join(home, 'nowhere'))).rejects.toMatchObject({ code: 'witness.missing' })
  for (const name of ['', 'a b', 'a+b', 'a\nb'])
    await expect(makeWitness(join(home, 'named'), name)).rejects.toMatchObject({ code: 'witness.name' })
  await expect(trustLog(witness, witness.vkey)).rejects.toMatchObject({ code: 'witness.key' })
  await expect(trustLog(witness, 'nonsense')).rejects.toMatchObject({ code: 'witness.key' })
  expect((await readdir(dir)).filter((name) => name.endsWith('.new'))).toEqual([])
})
