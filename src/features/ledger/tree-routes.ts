import type { FastifyReply } from 'fastify'
import { base64 } from '../../core/bytes.ts'
import { leafBytes } from '../../core/leaf.ts'
import { bundleBytes, parseTilePath, tileBytes, widthOf } from '../../core/tiles.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isAllowed, look, may, own, type Answer, type Ask, type Here, type Input, type Route } from '../../platform/route.ts'
import type { Guard } from '../../platform/ways.ts'
import { consistencyOf, rootAt } from './proofs.ts'
import { proofOf } from './proving.ts'
import { lastCheckpoint, noteAt } from './queries.ts'
import { reading } from './read-once.ts'
import { overseenLeaves, seenEntry, tilesOfPerson } from './tile-queries.ts'
import { leafOf } from './tree.ts'

/** Whoever may see entries of any kind; PostgreSQL says which. */
const seesEntries: Guard = (me) => {
  if (!isAllowed(me, 'ledger.read') && !isAllowed(me, 'person.read')) may('entry.list')(me)
}

export const treeRoutes: Route[] = [
  reading('entry.prove', seesEntries, ({ params }) => ({ object: params.entry }), prove),
  look('checkpoint.consistency', may('ledger.read'), consistency),
  own('checkpoint.note', may('ledger.read'), note),
  own('tile.read', may('ledger.read'), tile),
  // the leaves tell deeds and times, also of what a wall keeps from a partner
  own('tile.entries', may('ledger.oversee'), entries),
]

async function prove({ db }: Here, { params }: Input<'entry.prove'>): Promise<Answer<'entry.prove'> | null> {
  const entry = await seenEntry(db, params.entry)
  if (!entry) return null
  const state = entry.witnessed ? 'witnessed' : entry.numbered ? 'in the tree' : 'recorded'
  return { entry: params.entry, state, proof: await proofOf(db, entry) }
}

async function consistency({ db }: Here, { query }: Input<'checkpoint.consistency'>): Promise<Answer<'checkpoint.consistency'> | null> {
  const size = (await lastCheckpoint(db))?.size ?? 0
  const { from, to = size } = query
  if (query.to !== undefined && from > to)
    throw new Refusal('input.invalid', { fields: { from: 'A log grows: from is not larger than to.' } })
  if (from > to || to > size) return null
  const read = tilesOfPerson(db)
  return {
    from,
    to,
    hashes: (await consistencyOf(read, from, to)).map(base64),
    roots: { from: base64(await rootAt(read, from)), to: base64(await rootAt(read, to)) },
    notes: { from: await noteAt(db, from), to: await noteAt(db, to) },
  }
}

async function note({ look, reply }: Ask): Promise<FastifyReply | null> {
  const checkpoint = await look(({ db }) => lastCheckpoint(db))
  return checkpoint && reply.code(200).header('content-type', 'text/plain; charset=utf-8').send(checkpoint.note)
}

async function tile({ look, reply }: Ask, { params }: Input<'tile.read'>): Promise<FastifyReply | null> {
  const of = parseTilePath(params.tile)
  const hashes = await look(async ({ db }) => {
    const size = (await lastCheckpoint(db))?.size ?? 0
    if (!of || of.level === null || of.width > widthOf(of.level, of.n, size)) return null
    const from = of.n * 256
    return tilesOfPerson(db)([{ level: of.level, from, to: from + of.width }])
  })
  return hashes && bytes(reply, tileBytes(hashes.map((one) => one.hash)))
}

/** Whole or not at all: with one leaf left out it would be another bundle. */
async function entries({ look, reply }: Ask, { params }: Input<'tile.entries'>): Promise<FastifyReply | null> {
  const of = parseTilePath(`entries/${params.leaves}`)
  const leaves = await look(async ({ db }) => {
    const size = (await lastCheckpoint(db))?.size ?? 0
    if (!of || of.width > widthOf(0, of.n, size)) return null
    const rows = await overseenLeaves(db, of.n * 256, of.n * 256 + of.width)
    return rows.length === of.width
      ? rows.map((row) => leafBytes(leafOf(row, { n: row.n, matterN: row.matter_n, numbered: row.numbered })))
      : null
  })
  return leaves && bytes(reply, bundleBytes(leaves))
}

const bytes = (reply: FastifyReply, body: Buffer): FastifyReply =>
  reply.code(200).header('content-type', 'application/octet-stream').header('content-length', body.length).send(body)
