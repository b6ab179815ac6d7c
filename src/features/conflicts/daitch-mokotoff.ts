/** Codes at the start of a word, before a vowel, and elsewhere; `|` between alternatives, `-` for not coded. */
const CHART = `
AI AJ AY: 0 1 -; AU: 0 7 -; Ą: - - 6|-; A: 0 - -; B: 7 7 7; CHS: 5 54 54; CH: 5|4 5|4 5|4; CK: 5|45 5|45 5|45; CZ CS CSZ CZS: 4 4 4;
C: 5|4 5|4 5|4; DRZ DRS DS DSH DSZ DZ DZH DZS: 4 4 4; D DT: 3 3 3; EI EJ EY: 0 1 -; EU: 1 1 -; Ę: - - 6|-; E: 0 - -; FB F: 7 7 7; G: 5 5 5;
H: 5 5 -; IA IE IO IU: 1 - -; I: 0 - -; J: 1|4 -|4 -|4; KS: 5 54 54; KH K: 5 5 5; L: 8 8 8; MN: 66 66 66; M: 6 6 6; NM: 66 66 66; N: 6 6 6;
OI OJ OY: 0 1 -; O: 0 - -; P PF PH: 7 7 7; Q: 5 5 5; RZ RS: 94|4 94|4 94|4; R: 9 9 9; SCHTSCH SCHTSH SCHTCH: 2 4 4; SCH: 4 4 4;
SHTCH SHCH SHTSH: 2 4 4; SHT SCHT SCHD: 2 43 43; SH: 4 4 4; STCH STSCH SC STRZ STRS STSH: 2 4 4; ST: 2 43 43; SZCZ SZCS: 2 4 4;
SZT SHD SZD SD: 2 43 43; SZ S: 4 4 4; TCH TTCH TTSCH: 4 4 4; TH: 3 3 3; TRZ TRS TSCH TSH TS TTS TTSZ TC TZ TTZ TZS TSZ: 4 4 4;
Ţ: 3|4 3|4 3|4; T: 3 3 3; UI UJ UY: 0 1 -; U UE: 0 - -; V W: 7 7 7; X: 5 54 54; Y: 1 - -; ZDZ ZDZH ZHDZH: 2 4 4; ZD ZHD: 2 43 43;
ZH ZS ZSCH ZSH Z: 4 4 4`

type Codes = [start: string[], beforeVowel: string[], elsewhere: string[]]
const RULES = new Map<string, Codes>(
  CHART.split(';').flatMap((line) => {
    const [spellings, codes] = line.trim().split(': ') as [string, string]
    const parsed = codes.split(' ').map((code) => code.split('|').map((one) => (one === '-' ? '' : one))) as Codes
    return spellings.split(' ').map((spelling): [string, Codes] => [spelling, parsed])
  }),
)
const LONGEST = 7
const DIGITS = 6
/** A word of many ambiguous letters branches often; real names have at most eight or so. */
const MOST_CODES = 16

/**
 * The Daitch-Mokotoff Soundex codes of one word: six digits each, more than one where a letter sounds more than one way
 * (Randy Daitch and Gary Mokotoff, 1985; the chart as JewishGen publishes it). Letters outside A to Z, Ą, Ę, Ţ are passed
 * over; a word without letters has no code. At most 16 codes, in the order in which the branches arise.
 */
export function daitchMokotoff(word: string): string[] {
  const letters = word
    .toUpperCase()
    .replace(/Ț/g, 'Ţ')
    .replace(/[^A-ZĄĘŢ]/g, '')
  if (letters === '') return []
  let branches: { code: string; last: string }[] = [{ code: '', last: '' }]
  for (let at = 0; at < letters.length && branches.some(({ code }) => code.length < DIGITS);) {
    const spelling = longestAt(letters, at)
    const [start, beforeVowel, elsewhere] = RULES.get(spelling)!
    const next = letters[at + spelling.length]
    const codes = at === 0 ? start : next !== undefined && 'AEIOU'.includes(next) ? beforeVowel : elsewhere
    branches = codes.flatMap((added) => branches.map(({ code, last }) => ({ code: joined(code, last, added, spelling), last: added })))
    branches = distinct(branches).slice(0, MOST_CODES)
    at += spelling.length
  }
  return [...new Set(branches.map(({ code }) => code.slice(0, DIGITS).padEnd(DIGITS, '0')))]
}

function longestAt(letters: string, at: number): string {
  for (let length = LONGEST; length > 1; length -= 1) {
    const spelling = letters.slice(at, at + length)
    if (spelling.length === length && RULES.has(spelling)) return spelling
  }
  return letters[at]!
}

/** Neighbours of one digit count once; MN and NM count twice. */
const joined = (code: string, last: string, added: string, spelling: string): string =>
  added !== '' && last.at(-1) === added[0] && spelling !== 'MN' && spelling !== 'NM' ? code + added.slice(1) : code + added

function distinct(branches: { code: string; last: string }[]): { code: string; last: string }[] {
  const seen = new Map(branches.map((one) => [`${one.code.slice(0, DIGITS)} ${one.last}`, one]))
  return [...seen.values()]
}
