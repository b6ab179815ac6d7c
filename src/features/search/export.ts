import type { FastifyReply } from 'fastify'
import { parse } from '../../finding/parse.ts'
import { instant } from '../../platform/clock.ts'
import type { Ask, Here, Input } from '../../platform/route.ts'
import { encodeRfc8187 } from '../../platform/streams.ts'
import { remembered } from '../../platform/ways.ts'
import { narrowed } from './facets.ts'
import { findDocuments, type Document } from './finding.ts'
import { byDay } from './hits.ts'
import { languagesOf } from './languages.ts'
import { dayOf } from './making.ts'
import { namedBy } from './named.ts'
import { reachOf } from './reach.ts'
import { mattersBy } from './titles.ts'

const HEAD = ['matter number', 'matter', 'client', 'folder', 'document', 'version', 'class', 'kind', 'day', 'written by']

/** The list of what was found, as CSV (RFC 4180): names and facts, no passages. It is one act, with its entry before the first byte. */
export async function exportFound(ask: Ask, { body }: Input<'search.export'>): Promise<FastifyReply | null> {
  const lines = await ask.act('search.exported', async (here) => {
    const rows = await rowsOf(here, body)
    return remembered(
      { details: { object: 'search results', words: body.words.slice(0, 2000).toWellFormed(), entries: rows.length } },
      rows,
    )
  })
  if (!lines) return null
  const text = [HEAD, ...lines].map((cells) => cells.map(celled).join(',')).join('\r\n')
  void ask.reply
    .header('content-type', 'text/csv; charset=utf-8; header=present')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeRfc8187(`search ${instant().slice(0, 10)}.csv`)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
  return ask.reply.send(`${text}\r\n`)
}

async function rowsOf(here: Here, { words, narrow, order }: Input<'search.export'>['body']): Promise<string[][]> {
  const { node } = parse(words, instant().slice(0, 10))
  if (!node) return []
  const found = await findDocuments(here, node, await reachOf(here), await languagesOf(here.house), narrow)
  const all = narrowed(found.all, narrow) as Document[]
  if (order !== 'best') all.sort(byDay(order === 'newest'))
  const names = await namedBy(
    here,
    all.map(({ document }) => document),
  )
  const matters = await mattersBy(
    here,
    all.map(({ matter }) => matter),
  )
  return all.flatMap(({ document, matter, card: { facts } }) => {
    const [named, titled] = [names.get(document), matters.get(matter)?.titled]
    if (!named || !titled) return []
    return [
      [
        titled.number,
        titled.title,
        titled.client.name,
        named.folder,
        named.name,
        String(facts.number),
        named.class,
        facts.type,
        dayOf(facts),
        facts.people[0] ?? '',
      ],
    ]
  })
}

/** In quotes; what a spreadsheet would run as a formula (OWASP, CSV injection) begins with an apostrophe. */
const celled = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
