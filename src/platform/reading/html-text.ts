const BLOCKS = new Set(
  'address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
/** What stands in these is not shown. */
const UNSEEN = ['script', 'style', 'title', 'textarea', 'noscript', 'iframe', 'object', 'template', 'svg', 'math']
const MARKS: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  sect: '§',
  para: '¶',
  deg: '°',
  middot: '·',
  bull: '•',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  times: '×',
  frac12: '½',
  shy: '',
  zwnj: '',
  zwj: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
}

/**
 * The text of a page or an e-mail, for reading: blocks on lines of their own, cells apart by a tab, marks of the common kind
 * resolved. Up to `most` characters. Takes a time that grows with the length only; whatever comes out is text and never markup.
 */
export function htmlToText(html: string, most: number): string {
  const lower = html.toLowerCase()
  let out = ''
  for (let at = 0; at < html.length && out.length < most;) {
    const open = html.indexOf('<', at)
    if (open !== at) {
      const stop = open < 0 ? html.length : open
      out += marked(html.slice(at, Math.min(stop, at + most * 2)).replace(/[ \t\r\n\f]+/g, ' '))
      at = stop
      continue
    }
    if (html.startsWith('<!--', at)) {
      at = after(lower, '-->', at + 4)
      continue
    }
    const name = /^<(\/?)([a-z][a-z0-9]*)/.exec(lower.slice(at, at + 40))
    if (!name && !/^<[!?/]/.test(lower.slice(at, at + 2))) {
      out += '<'
      at += 1
      continue
    }
    at = tagEnd(html, at)
    if (!name) continue
    if (BLOCKS.has(name[2]!)) out += '\n'
    if (['td', 'th'].includes(name[2]!) && name[1]) out += '\t'
    if (UNSEEN.includes(name[2]!) && !name[1]) at = after(lower, `</${name[2]}`, at, false)
  }
  return tidy(out).slice(0, most)
}

function after(text: string, mark: string, at: number, isPast = true): number {
  const found = text.indexOf(mark, at)
  return found < 0 ? text.length : found + (isPast ? mark.length : 0)
}

function tagEnd(html: string, at: number): number {
  let quote = ''
  // a quote that is never closed would eat the rest: a tag has an end
  const last = Math.min(html.length, at + 65_536)
  for (let n = at + 1; n < last; n++) {
    const char = html[n]!
    if (quote) quote = char === quote ? '' : quote
    else if (char === '>') return n + 1
    else if ((char === '"' || char === "'") && html[n - 1] === '=') quote = char
  }
  return after(html, '>', at)
}

const marked = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z][a-z0-9]{1,9}));?/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name) return Object.hasOwn(MARKS, name) ? MARKS[name]! : whole
    const code = hex ? parseInt(hex, 16) : Number(decimal)
    return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : ' '
  })

const tidy = (text: string): string => {
  const kept: string[] = []
  for (const line of text.split('\n')) {
    const trimmed = line.replaceAll('\u00a0', ' ').trim()
    if (trimmed !== '' || (kept.length > 0 && kept.at(-1) !== '')) kept.push(trimmed)
  }
  return kept.join('\n').trim()
}
