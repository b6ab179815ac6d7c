import { inflateRawSync } from 'node:zlib'

/** Marked words: every confidential field of the world holds one, and none may be found where it was not declared. */
export const CANARIES = {
  client: 'Orchard-Growers-kzqxcli',
  title: 'Orchard v. Mill kzqxtit',
  folder: 'Experts kzqxfol',
  file: 'Report of Dr Falk kzqxfil.txt',
  content: 'Outfall 3 discharges to the left bank kzqxcon',
  reason: 'needs the expert report kzqxrea',
  email: 'ada.kzqxema@wren-ames.test',
  person: 'Ben Ames kzqxper',
  token: 'nightly import kzqxtok',
  role: 'Night desk kzqxrol',
  group: 'Outfall group kzqxgrp',
  passkey: 'Ring of Ada kzqxkey',
  secret: 'the provider’s word kzqxsec',
  why: 'the insurer wrote kzqxwhy',
  party: 'Mill Paper plc kzqxpar',
  recipient: 'Fay Moss kzqxrcp',
  screen: 'acted for the mill kzqxscr',
  memorandum: 'is screened from a matter kzqxmem',
  asked: 'the outfall file kzqxask',
  kind: 'Water pollution kzqxkin',
  number: 'kzqxnum',
  about: 'Dr Falk of Outfall Surveys kzqxabo',
  out: 'at home until Monday kzqxout',
  version: 'table 2 is corrected kzqxver',
  place: 'Soundings of the race kzqxpla.txt',
  wish: 'Photographs of the race kzqxwis.bin',
  signature: 'Mill.Race.kzqxsig',
  hold: 'a letter before action kzqxhol',
  lifting: 'the claim was settled kzqxlif',
  end: 'past its time kzqxend',
  external: 'kzqxext-0042',
  account: 'kzqxacc@login.example',
  root: 'mill-key-kzqxhsm',
  watch: 'Watch post kzqxwat',
  query: 'sluices kzqxqry',
  kept: 'Sluices of the race kzqxsav',
  letters: 'kzqxocr',
} as const
export type Canary = keyof typeof CANARIES
const marks = Object.fromEntries(Object.entries(CANARIES).map(([name, text]) => [name, /kzqx\w{3}/.exec(text)![0]])) as Record<
  Canary,
  string
>

/** A mark as it may lie in a file: raw, hex, UTF-16, percent, and base64 at each of its three offsets. */
function formsOf(mark: string): Buffer[] {
  const raw = Buffer.from(mark)
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), raw])
      .toString('base64')
      .replace(/=+$/, '')
    // the first and last characters depend on the neighbours
    return text.slice(Math.ceil((offset * 8) / 6), -1)
  })
  return [
    raw,
    Buffer.from(raw.toString('hex')),
    Buffer.from(raw.toString('hex').toUpperCase()),
    Buffer.from(mark, 'utf16le'),
    Buffer.from(mark, 'utf16le').swap16(),
    Buffer.from([...raw].map((byte) => `%${byte.toString(16)}`).join('')),
    ...base64.map((text) => Buffer.from(text)),
  ]
}
/** What every mark begins with: where no form of it lies, no mark does. */
const beginnings = formsOf('kzqx')
const forms = (Object.entries(marks) as [Canary, string][]).flatMap(([name, mark]) => formsOf(mark).map((form) => ({ name, form })))

/** Which canaries lie in these bytes, in any form, also inside a gzip stream. */
export function canariesIn(bytes: Buffer | string): Canary[] {
  const found = new Set<Canary>()
  for (const layer of layersOf(Buffer.from(bytes as Buffer))) {
    if (!beginnings.some((form) => layer.includes(form))) continue
    for (const { name, form } of forms) if (layer.includes(form)) found.add(name)
  }
  return [...found]
}

function layersOf(bytes: Buffer): Buffer[] {
  const layers = [bytes]
  for (let at = bytes.indexOf('1f8b08', 0, 'hex'); at !== -1 && layers.length < 20; at = bytes.indexOf('1f8b08', at + 1, 'hex')) {
    try {
      // past the ten bytes of the header; what follows the stream does not matter
      layers.push(inflateRawSync(bytes.subarray(at + 10)))
    } catch {
      // three bytes that only look like gzip
    }
  }
  return layers
}
