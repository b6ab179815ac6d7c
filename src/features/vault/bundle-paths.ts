const MANIFESTS = ['manifest.csv', 'manifest.json']
/** Bytes of a path that every unpacker bears; and of a name, which file systems allow. */
const LONGEST_PATH = 1024
const LONGEST_NAME = 255
/** Names that Windows gives to devices, with any ending (learn.microsoft.com, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i
/** What Windows takes in no name, controls, and marks that turn the order of what is read or show nothing (Unicode TR 9). */
const UNFIT =
  /[<>:"|?*\\/\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffd]/g

/**
 * Documents by the paths that they have in an archive, in their order: every path can be unpacked everywhere. Names are in NFC; no
 * two paths are alike where letters' case or Unicode form are not told apart, no file stands where another path has a folder,
 * and none takes a manifest's name.
 */
export function archivePaths(documents: readonly { folder: string; name: string }[]): string[] {
  const wished = documents.map(({ folder, name }) => [...(folder === '' ? [] : folder.split('/')), name].map(fitName).join('/'))
  const folders = new Set(wished.flatMap(above))
  const taken = new Set(MANIFESTS.map(fold))
  return wished.map((path, index) => {
    const short = Buffer.byteLength(path) <= LONGEST_PATH - 16 ? path : `long paths/${index + 1}/${path.slice(path.lastIndexOf('/') + 1)}`
    for (let n = 1; ; n += 1) {
      const one = n === 1 ? short : numbered(short, n)
      if (taken.has(fold(one)) || folders.has(fold(one))) continue
      taken.add(fold(one))
      return one
    }
  })
}

function fitName(name: string): string {
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    .replace(UNFIT, '_')
    .replace(/[. ]+$/, '_')
  const safe = clean === '' || DEVICE.test(clean) ? `_${clean}` : clean
  // two bytes are left for nothing; a number that keeps two apart takes up to twelve
  return cut(safe, LONGEST_NAME - 12)
}

/** Cuts a name to so many bytes of UTF-8, before its ending. */
function cut(name: string, most: number): string {
  if (Buffer.byteLength(name) <= most) return name
  const [stem, ending] = parted(name)
  const kept = Buffer.byteLength(ending) < 32 ? ending : ''
  const letters = [...(kept === '' ? name : stem)]
  while (Buffer.byteLength(letters.join('')) > most - Buffer.byteLength(kept)) letters.pop()
  return letters.join('').replace(/[. ]+$/, '_') + kept
}

function numbered(path: string, n: number): string {
  const at = path.lastIndexOf('/') + 1
  const [stem, ending] = parted(path.slice(at))
  return `${path.slice(0, at)}${stem} (${n})${ending}`
}

const parted = (name: string): [stem: string, ending: string] => {
  const at = name.lastIndexOf('.')
  return at > 0 ? [name.slice(0, at), name.slice(at)] : [name, '']
}
const above = (path: string): string[] => [...path.matchAll(/\//g)].map(({ index }) => fold(path.slice(0, index)))
const fold = (path: string): string => path.toUpperCase().toLowerCase().normalize('NFC')
