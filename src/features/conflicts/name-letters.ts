// From the letters of names to a to z. Cyrillic and Latin by ICAO Doc 9303 part 3 (machine readable travel documents), Greek by
// ELOT 743 (ISO 843:1997 type 2), Arabic letters by BGN/PCGN 1956 without the vowels, which the script does not write.

const pairs = (text: string): [string, string][] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => [[...pair][0]!, [...pair].slice(1).join('')])

/** Letters that do not come apart under NFKD. Umlauts lose their dots here; `skeletonOf` joins ue and u. */
const LATIN = new Map(pairs(`ßss æae œoe øo đd ðd þth łl ħh ŧt ŋng ĸk ıi ĳij ŀl ŉn ƒf əa ɓb ɗd ƙk`))
const CYRILLIC = new Map(
  pairs(`аa бb вv гg дd еe ёe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ьэ эe юiu яia
   іi їi єie ґg ўu ђd љlj њnj ћc џdz ѓg ќk ѕdz јj ѣe ѳf ѵy әa өo үu ұu қk ғg ңn һh`).map(([from, to]) => [from, to === 'э' ? '' : to]),
)
/** Ukrainian reads two letters otherwise (resolution 55 of 2010, as ICAO has it); its own letters tell that a word is Ukrainian. */
const UKRAINIAN = new Map([...CYRILLIC, ['г', 'h'], ['и', 'y']] as [string, string][])
const GREEK = new Map(pairs(`αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo`))
const ARABIC = new Map(
  pairs(
    `اa أa إi آa ءx بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz عx غgh فf قq كk لl مm نn هh ةa وw يy ىa ئy ؤw پp چch ژzh گg کk یy`,
  ).map(([from, to]) => [from, to === 'x' ? '' : to]),
)
/** Whole words, because their vowels are not written: the given names that are met most. */
const ARABIC_NAMES = new Map(
  `محمد muhammad، أحمد ahmad، احمد ahmad، محمود mahmud، علي ali، حسن hasan، حسين husayn، عمر umar، خالد khalid، يوسف yusuf، إبراهيم ibrahim،
   ابراهيم ibrahim، عبد abd، الله allah، عبدالله abdallah، عثمان uthman، سعيد said، فاطمة fatima، مريم maryam، عائشة aisha، زينب zaynab، ليلى layla،
   مصطفى mustafa، كريم karim، رحمن rahman، عزيز aziz، سليمان sulayman، طارق tariq، ناصر nasir، فيصل faysal، سعود saud، سلمان salman، نور nur`
    .split('،')
    .map((pair) => pair.trim().split(' ') as [string, string]),
)

export type Folded = {
  text: string
  /** Arabic script does not write short vowels: the text is consonants, to be compared with consonants. */
  bare: boolean
}

/**
 * One word in lower case, in a to z and digits where its script has a table, without accents. Words of other scripts
 * (Chinese, Hebrew, Devanagari …) come back as they are, without case and accents.
 * KNOWN: those match only names written in the same script; their romanized form has to be entered as an alias.
 */
export function foldWord(word: string): Folded {
  const lower = word.normalize('NFKC').toLowerCase().normalize('NFC')
  if (/\p{Script=Arabic}/u.test(lower)) return foldArabic(lower)
  const cyrillic = /[іїєґ]/.test(lower) ? UKRAINIAN : CYRILLIC
  const greek = /\p{Script=Greek}/u.test(lower) ? foldGreek(lower) : lower
  const plain = [...greek].map((letter) => LATIN.get(letter) ?? cyrillic.get(letter) ?? letter).join('')
  const text = [...plain.normalize('NFKD').replace(/\p{M}/gu, '')]
    .map((letter) => LATIN.get(letter) ?? cyrillic.get(letter) ?? letter)
    .join('')
  return { text: text.normalize('NFC'), bare: false }
}

function foldGreek(word: string): string {
  const plain = word
    .replace(/[αε]ύ|[αε]υ(?!\u0308)/g, (pair) => `${pair[0]!}υ`)
    .normalize('NFD')
    .replace(/(?<=[οαεη])υ\u0308/g, 'y')
    .replace(/\p{M}/gu, '')
  return plain
    .replace(/ου/g, 'ou')
    .replace(/([αεη])υ(?=[βγδζλμνραεηιοω])/g, '$1v')
    .replace(/([αεη])υ/g, '$1f')
    .replace(/γ(?=[γξχ])/g, 'n')
    .replace(/^μπ/, 'b')
    .replace(/[α-ως]/g, (letter) => GREEK.get(letter) ?? letter)
}

function foldArabic(word: string): Folded {
  const bare = word.replace(/[\p{M}\u0640]/gu, '')
  const stem = /^ال./.test(bare) ? bare.slice(2) : bare
  const known = ARABIC_NAMES.get(bare) ?? ARABIC_NAMES.get(stem)
  if (known !== undefined) return { text: known, bare: false }
  return { text: [...stem].map((letter) => ARABIC.get(letter) ?? letter).join(''), bare: true }
}

const SLAVIC_ENDING = /(?:sk|ck|tsk)(?:aya|aia|aja|a)$/
const STEPS: [RegExp, string][] = [
  [/^mc(?=[a-z]{2})/, 'mac'],
  [/(?<=.{2})(?:ova?|off|owa?)$/, 'ov'],
  [/(?<=.{2})(?:eva?|eff|ewa?)$/, 'ev'],
  [/poulou$/, 'poulos'],
  [/shch|tsch|tch|cz|(?<!s)ch/g, 'c'],
  [/sch|sh|sz/g, 's'],
  [/zh|dz/g, 'z'],
  [/ts|tz/g, 'c'],
  [/dj/g, 'j'],
  [/ph/g, 'f'],
  [/kh/g, 'h'],
  [/([tgbdrw])h/g, '$1'],
  [/ck|qu?/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/ae|aa/g, 'a'],
  [/oe/g, 'o'],
  [/ue|ou|oo/g, 'u'],
  [/^[yji]e/, 'e'],
  [/ee/g, 'i'],
  [/[yj]/g, 'i'],
  [/(.)\1+/g, '$1'],
  [/(?<=.{3})ie$/, 'i'],
]

/**
 * What is left of a folded word where spellings of one name in several romanizations meet: ue and u (ü), y, j and i, w and v,
 * sh, sch and sz, kh and h, double letters, endings -ov, -off, -ow, and the Slavic -ova, -skaya with -ov, -ski. Made to
 * compare with, not to be read.
 */
export function skeletonOf(word: string): string {
  let text = word.length > 5 ? word.replace(SLAVIC_ENDING, 'ski') : word
  for (const [from, to] of STEPS) text = text.replace(from, to)
  return text
}

/** The consonants that Arabic script writes, w and y and h left out because romanizations treat them as vowels. */
export const bonesOf = (word: string): string =>
  word
    .replace(/ph/g, 'f')
    .replace(/q|c(?!h)/g, 'k')
    .replace(/gh/g, 'g')
    .replace(/dh/g, 'd')
    .replace(/th/g, 't')
    .replace(/[aeiouwyh]/g, '')
    .replace(/(.)\1+/g, '$1')
