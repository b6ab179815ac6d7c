import { DEEDS, type Deed } from '../../src/contract/deeds.ts'
import type { CheckedEntry } from '../../src/core/evidence-check.ts'
import type { EvidenceHead, Field } from '../../src/core/evidence.ts'
import { whyShut } from '../../src/core/evidence-words.ts'
import { el } from './elements.ts'

const AT_ONCE = 200
const LABELS: Record<Field, string> = {
  actor: 'Who',
  matter: 'Matter',
  object: 'To what',
  details: 'Details',
  from: 'From where',
  ground: 'Allowed by',
}

/** The entries, in their order, two hundred at a time; each opens to all that is shown of it. */
export function entriesOf(head: EvidenceHead, entries: readonly CheckedEntry[]): HTMLElement {
  const why = whyShut(head, entries)
  const list = el('ol', { class: 'entries' })
  const more = el('button', { type: 'button' })
  let at = 0
  const next = () => {
    list.append(...entries.slice(at, (at += AT_ONCE)).map((entry) => lineOf(head, entry, why)))
    more.hidden = at >= entries.length
    more.textContent = `Show more (${entries.length - at})`
  }
  more.addEventListener('click', next)
  next()
  return el('section', {}, el('h2', {}, 'Entries'), list, more)
}

function lineOf(head: EvidenceHead, entry: CheckedEntry, why: ReturnType<typeof whyShut>): HTMLElement {
  const { leaf, open, hidden, n } = entry
  const place = el('span', { class: 'place' }, String(n + 1))
  if (!leaf) return el('li', { class: 'shut' }, place, el('span', {}, 'A place of which nothing is shown'))
  const actor = open.actor?.value
  const who = actor === undefined ? 'Someone' : actor === '' ? (leaf.via === 'clerk' ? 'Subrosa' : 'Nobody yet') : nameOf(head, actor)
  const object = open.details && (JSON.parse(open.details.value) as { object?: unknown }).object
  const shut = why(entry, 'details')
  const fields = [
    ...Object.entries(open).map(([field, { value }]) => [field, valueOf(head, field as Field, value)]),
    ...(Object.keys(hidden) as Field[]).map((field) => [field, `not shown: ${why(entry, field)}`]),
  ] as [Field, string][]
  return el(
    'li',
    {},
    el(
      'details',
      {},
      el(
        'summary',
        {},
        place,
        el('time', { datetime: leaf.at }, `${leaf.at.slice(0, 10)} ${leaf.at.slice(11, 19)}`),
        el(
          'span',
          { class: 'did' },
          el('b', {}, who),
          ` ${DEEDS[leaf.deed as Deed] ?? leaf.deed} `,
          typeof object === 'string' && el('cite', {}, object),
          shut && el('span', { class: 'shutwhy' }, `(details ${shut})`),
        ),
      ),
      el(
        'dl',
        {},
        ...fields.flatMap(([field, value]) => [el('dt', {}, LABELS[field]), el('dd', {}, value)]),
        el('dt', {}, 'Numbered'),
        el('dd', {}, `${leaf.numbered}${leaf.m === null ? '' : `, as entry ${leaf.m} of its matter`}`),
        el('dt', {}, 'Id'),
        el('dd', {}, leaf.id),
      ),
    ),
  )
}

const nameOf = (head: EvidenceHead, id: string): string => head.names[id] ?? id

function valueOf(head: EvidenceHead, field: Field, value: string): string {
  if (value === '' || value === ' ') return 'none'
  if (field === 'actor' || field === 'matter' || field === 'object') return nameOf(head, value)
  if (field === 'from') return placeOf(head, value)
  if (field === 'ground') return value
  const details = JSON.parse(value) as Record<string, unknown>
  return (
    Object.entries(details)
      .map(([name, one]) => `${name}: ${String(one)}`)
      .join(', ') || 'none'
  )
}

function placeOf(head: EvidenceHead, value: string): string {
  const [session = '', place = ''] = value.split(' ')
  const json = head.origins[place]?.json
  const { address, browser } = json ? (JSON.parse(json) as { address: string; browser: string }) : { address: place, browser: '' }
  return [address, browser, session && `session ${session}`].filter(Boolean).join(', ')
}
