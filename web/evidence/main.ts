import './buffer.ts'
import { checkBundle, checkFiles, type EvidenceResult } from '../../src/core/evidence-check.ts'
import { LIMITS, subjectWords } from '../../src/core/evidence-claims.ts'
import { PAGE, PAGE_NOTE, REPORT } from '../../src/core/evidence.ts'
import { filesOfPage } from '../../src/core/evidence-page.ts'
import { el } from './elements.ts'
import { entriesOf } from './entries.ts'

// The page of docs/formats/evidence.md that verifies itself: what it holds, or a file that is chosen. It asks no network; its
// policy allows none.

const main = document.querySelector('main')!

function show(result: EvidenceResult, of: string): void {
  const { faults, evidence } = result
  const holds = faults.length === 0 && evidence !== null
  document.title = `${holds ? 'Holds' : 'Does not hold'} · evidence`
  main.replaceChildren(
    el(
      'section',
      { class: holds ? 'verdict holds' : 'verdict broken', role: 'status' },
      el('p', { class: 'kicker' }, of),
      el('h1', {}, holds ? 'It holds' : 'It does not hold'),
      holds
        ? el('p', {}, 'Every entry stands in the log under its signed checkpoint, and what is shown of it is what was written.')
        : el('ul', {}, ...faults.slice(0, 20).map((fault) => el('li', {}, `${fault.what} (${fault.where})`))),
    ),
    ...(evidence ? told(evidence, holds) : []),
    chooser(),
  )
}

type Told = NonNullable<EvidenceResult['evidence']>
function told(evidence: Told, holds: boolean): Node[] {
  const { head, entries, claims, checkpoint } = evidence
  const shown = entries.filter((entry) => entry.leaf)
  const fact = (label: string, value: string) => [el('dt', {}, label), el('dd', {}, value)]
  return [
    el(
      'section',
      {},
      el('h2', {}, capital(subjectWords(head))),
      el(
        'dl',
        {},
        ...fact('Made', `${timeOf(head.made)} by ${head.names[head.maker] ?? head.maker}, ${head.firm}`),
        ...fact(
          'Period',
          `${head.period.from ? timeOf(head.period.from) : 'from the beginning'} to ${head.period.to ? timeOf(head.period.to) : 'its making'}`,
        ),
        ...fact(
          'Entries',
          `${shown.length}${entries.length > shown.length ? `, and ${entries.length - shown.length} places not shown` : ''}, in a log of ${checkpoint.size}`,
        ),
        ...evidence.cosigned.flatMap(({ name, time }) => fact('Witnessed', `${name}, ${timeOf(new Date(time * 1000).toISOString())}`)),
        ...head.destroyed.flatMap(({ matter, at }) =>
          fact('Destroyed', `${head.names[matter] ?? matter}, ${timeOf(at)}: details open no more`),
        ),
      ),
    ),
    holds &&
      el(
        'section',
        {},
        el('h2', {}, 'What it shows'),
        el(
          'ul',
          { class: 'shows' },
          ...(claims.length > 0
            ? claims.map(({ says }) => el('li', {}, says))
            : [el('li', {}, 'These entries, and not that there are no others of their kind.')]),
        ),
        el('details', {}, el('summary', {}, 'What it does not show'), el('ul', {}, ...LIMITS.map((limit) => el('li', {}, limit)))),
      ),
    keysOf(evidence.keys),
    entriesOf(head, entries),
  ].filter((part): part is HTMLElement => part !== false)
}

const EARLIER = 'It is an earlier key of the same log, and vouches for this one.'
const OTHER = 'It is another key: this is not evidence of that firm.'
/** Whoever reads compares the key: nobody else can. */
function keysOf(known: readonly string[]): HTMLElement {
  const vkey = known.at(-1)!
  const answer = el('p', { 'class': 'answer', 'aria-live': 'polite' })
  const field = el('input', { type: 'text', id: 'key', autocomplete: 'off', spellcheck: 'false' })
  field.addEventListener('input', () => {
    const given = field.value.trim()
    answer.className = given === '' ? 'answer' : known.includes(given) ? 'answer same' : 'answer other'
    answer.textContent = given === '' ? '' : given === vkey ? 'It is the same key.' : known.includes(given) ? EARLIER : OTHER
  })
  return el(
    'section',
    {},
    el('h2', {}, 'Whose it is'),
    el(
      'p',
      {},
      'It is signed with this key. Compare it with the firm’s verifier key that you have from elsewhere; anyone may have made one.',
    ),
    el('pre', {}, vkey),
    el('label', { for: 'key' }, 'The key you have'),
    field,
    answer,
  )
}

function chooser(): HTMLElement {
  const field = el('input', { type: 'file', id: 'file', accept: '.zip' })
  field.addEventListener('change', () => {
    const file = field.files?.[0]
    if (file) void file.arrayBuffer().then((bytes) => show(checkBundle(new Uint8Array(bytes)), file.name))
  })
  return el(
    'section',
    { class: 'quiet' },
    el('h2', {}, 'Check a file'),
    el(
      'p',
      {},
      'Whoever could change the evidence could change this page. To be sure use a page that you have from elsewhere, ',
      el('code', {}, 'subrosa verify FILE'),
      ' or ',
      el('code', {}, 'verify.py'),
      '. Nothing leaves this computer.',
    ),
    el('label', { for: 'file' }, 'An evidence file (.zip)'),
    field,
  )
}

export const timeOf = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const files = filesOfPage(document.getElementById('files')!.textContent)
if (files) show(checkFiles(files, { keys: [] }, [PAGE, PAGE_NOTE, REPORT]), 'Evidence in this page')
else
  main.replaceChildren(el('section', {}, el('h1', {}, 'Evidence'), el('p', {}, 'This page checks evidence without a network.')), chooser())
