import { isGivenName } from './given-names.ts'
import { foldWord } from './name-letters.ts'
import {
  ALSO_KNOWN,
  CONNECTORS,
  CUT_WORDS,
  GENERIC,
  JOINED,
  LEGAL_FORMS,
  LONGEST_FORM,
  PARTICLES,
  PLAIN_FORMS,
  SUFFIXES,
  SURNAMES_TOO,
  TITLES,
} from './name-lists.ts'
import { soundsOf, type Sounds } from './phonetics.ts'

export type Kind = 'person' | 'organization' | 'unknown'

/** One word of a name that is compared. */
export type Word = {
  /** a to z and digits, or another script; see `foldWord` */
  text: string
  /** as it is written too: `vanderberg` for van der Berg, `reilly` for O'Reilly */
  joined: string | null
  isInitial: boolean
  /** written without vowels */
  isBare: boolean
}

/** A name taken apart. */
export type NameForms = {
  kind: Kind
  /** in the order of speech: a surname before a comma is put last */
  words: Word[]
  /** 'Smith, John' */
  isTurned: boolean
  /** code of `LEGAL_FORMS`; null for persons and where none is written */
  legalForm: string | null
  /** first letters of the words: IBM for International Business Machines */
  initials: string
}

/** Of a longer name the start counts: no party's name is longer, and work is bounded by it. */
const MOST_LETTERS = 300
const MOST_WORDS = 12
const MOST_NAMES = 4

/**
 * The forms of a name under which it is compared: one, and one more for each other name that it says (née, formerly, also
 * known as, trading as; four at most). No form has no words; a name of signs alone has no forms.
 * `kind` is what the register says; when unknown it is guessed from legal form, titles and given names.
 */
export function formsOf(name: string, kind: Kind = 'unknown'): NameForms[] {
  const text = [...name.normalize('NFKC')]
    .slice(0, MOST_LETTERS)
    .join('')
    .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()
  const [first, ...others] = text
    .split(ALSO_KNOWN)
    .filter((part) => part.trim() !== '')
    .slice(0, MOST_NAMES)
  if (first === undefined) return []
  const main = formOf(first, kind)
  const forms = [main, ...others.map((other) => alsoKnown(formOf(other.replace(/[)\]]/g, ' '), main.kind), main))]
  return forms.filter((form) => form.words.length > 0)
}

/** How a word of a name sounds; nothing for initials and words without vowels. */
export const phoneticsOf = (word: Word): Sounds =>
  word.isInitial || word.isBare ? { metaphone: [], daitchMokotoff: [] } : soundsOf(word.text)

/** A former surname alone takes the given names along: Anna Schmidt née Keller is Anna Keller too. */
function alsoKnown(form: NameForms, main: NameForms): NameForms {
  if (main.kind === 'organization' || form.words.length !== 1 || main.words.length < 2) return form
  const words = [...main.words.slice(0, -1), ...form.words]
  return { ...form, kind: main.kind, words, initials: initialsOf(words) }
}

function formOf(text: string, kind: Kind): NameForms {
  const { tokens, comma } = tokensOf(text)
  const { rest, legalForm } = kind === 'person' ? { rest: tokens, legalForm: null } : withoutLegalForm(tokens)
  const guessed = kind === 'unknown' ? guess(rest, legalForm) : kind
  const isCompany = guessed === 'organization'
  const bare = isCompany ? rest : withoutTitles(rest)
  const isTurned =
    !isCompany && comma > 0 && comma < tokens.length && bare.length > 1 && tokens.slice(comma).some((token) => !isSuffix(token))
  const cut = isTurned ? bare.indexOf(tokens[comma - 1]!) + 1 : 0
  const ordered = isTurned && cut > 0 ? [...bare.slice(cut), ...bare.slice(0, cut)] : bare
  const words = wordsOf(ordered, isCompany).slice(0, MOST_WORDS)
  return { kind: guessed, words, isTurned, legalForm, initials: initialsOf(words) }
}

const initialsOf = (words: Word[]): string => words.map(({ text }) => text[0]!).join('')

type Token = { text: string; isBare: boolean; isInitial: boolean; rest?: string }

/** `comma`: how many tokens stand before the first comma; 0 when none does. */
function tokensOf(text: string): { tokens: Token[]; comma: number } {
  const tokens: Token[] = []
  let comma = 0
  for (const part of text
    .replace(/,/g, ' , ')
    .replace(/[‐-―]/g, '-')
    .split(/[\s()[\]{}"“”„«»:;!?|_]+/u)) {
    if (part === ',') comma ||= tokens.length
    else tokens.push(...tokensIn(part))
  }
  return { tokens, comma }
}

const APOSTROPHE = /['’‘ʼʹ`´]/g

function tokensIn(part: string): Token[] {
  if (/^[&+]$/.test(part)) return [{ text: '&', isBare: false, isInitial: false }]
  // a full stop inside letters: initials (J.R.R.) or a form (S.p.A., a/s)
  const tight = part.replace(/[./]/g, '')
  const folded = foldWord(tight).text
  if (tight !== part && (LEGAL_FORMS.has(folded) || TITLES.has(folded) || SUFFIXES.has(folded)))
    return [{ text: folded, isBare: false, isInitial: false }]
  const isDotted = /^(?:\p{L}\.){2,}\p{L}?$/u.test(part)
  const pieces = isDotted ? part.split('.') : part.split(/[./\\&+@*#%=<>-]|(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll})(?!\p{Lu}\p{Ll}+$)/u)
  return pieces.flatMap((piece) => {
    const { text, bare } = foldWord(piece.replace(APOSTROPHE, ''))
    const word = text.replace(/[^\p{L}\p{N}]/gu, '')
    if (word === '') return []
    // O'Brien, D'Angelo and L'Oréal are one word; some leave the first letter out
    const rest = /^[dlo]['’]\p{L}{3}/iu.test(piece) ? word.slice(1) : undefined
    return [{ text: word, isBare: bare, isInitial: [...word].length === 1 && /[a-z]/.test(word), rest }]
  })
}

const isSuffix = ({ text }: Token): boolean => SUFFIXES.has(text) || TITLES.has(text)

function withoutLegalForm(tokens: Token[]): { rest: Token[]; legalForm: string | null } {
  let rest = tokens
  let legalForm: string | null = null
  for (let again = true; again;) {
    again = false
    for (let length = Math.min(LONGEST_FORM, rest.length - 1); length > 0 && !again; length -= 1) {
      for (const [from, isEnd] of [
        [rest.length - length, true],
        [0, false],
      ] as const) {
        const code = LEGAL_FORMS.get(
          rest
            .slice(from, from + length)
            .map(({ text }) => text)
            .join(' '),
        )
        // in front stand only few (OOO, PT, Stichting), and Co or As there are words
        if (code === undefined || (!isEnd && !['ooo', 'oao', 'pt', 'foundation', 'jsc', 'kk'].includes(code))) continue
        rest = isEnd ? rest.slice(0, from) : rest.slice(length)
        legalForm ??= code
        again = rest.length > 1
        break
      }
    }
  }
  const plain = rest.findIndex(({ text }, at) => at > 0 && PLAIN_FORMS.has(text))
  if (plain < 0) return { rest, legalForm }
  return { rest: rest.filter((_, at) => at !== plain), legalForm: legalForm ?? LEGAL_FORMS.get(rest[plain]!.text)! }
}

const COMPANY_SIGNS = new Set(['&', 'of', 'the', 'for', 'and', 'und'])

function guess(tokens: Token[], legalForm: string | null): Kind {
  if (legalForm !== null || tokens.some(({ text }) => COMPANY_SIGNS.has(text) || /^\d+$/.test(text))) return 'organization'
  if (tokens.length > 1 && tokens.some(({ text }) => GENERIC.has(text) && !SURNAMES_TOO.has(text) && !isGivenName(text)))
    return 'organization'
  if (tokens.some(({ text }) => isGivenName(text) || TITLES.has(text))) return 'person'
  return 'unknown'
}

function withoutTitles(tokens: Token[]): Token[] {
  let from = 0
  let to = tokens.length
  while (to - from > 1 && TITLES.has(tokens[from]!.text)) from += 1
  while (to - from > 2 && SUFFIXES.has(tokens[to - 1]!.text)) to -= 1
  const rest = tokens.slice(from, to)
  // a suffix before the comma or in the middle: Smith Jr, John
  const inner = rest.filter(({ text }) => !['jr', 'sr', 'esq', 'phd', 'kc', 'qc', 'dr'].includes(text))
  return inner.length > 1 ? inner : rest
}

const SERVANT = /^abd(?:[aeou]+[lr]?|ul|el|al)?$/
const SERVANT_JOINED = /^abd[aeou]+[lr]?(?=[rnszdt]?[a-z]{4})/
const ARTICLES = new Set(['al', 'el', 'ul', 'ur', 'ar', 'er', 'as', 'ad', 'an', 'az', 'us'])

function wordsOf(tokens: Token[], isCompany: boolean): Word[] {
  const words: Word[] = []
  let before = ''
  for (let at = 0; at < tokens.length; at += 1) {
    let { text } = tokens[at]!
    const { isBare, isInitial } = tokens[at]!
    const isLast = at === tokens.length - 1
    if (isCompany && CONNECTORS.has(text) && tokens.length > 2 && !tokens[at - 1]?.isInitial && !tokens[at + 1]?.isInitial) continue
    if (text === '&') continue
    if (isCompany) text = CUT_WORDS.get(text) ?? text
    if (!isCompany && !isLast && (PARTICLES.has(text) || (words.length > 0 && text === 'y'))) {
      before += text
      continue
    }
    if (!isCompany && !isLast && (JOINED.has(text) || SERVANT.test(text))) {
      // O Brien, Mac Donald; Abd al Rahman, whose article is written in many ways
      if (SERVANT.test(text)) while (at + 2 < tokens.length && ARTICLES.has(tokens[at + 1]!.text)) at += 1
      const servant = SERVANT.test(text) ? 'abd' : text
      if (!(text === 'o' && tokens[at]!.isInitial && words.length === 0 && tokens.length > 2)) {
        at += 1
        text = servant + tokens[at]!.text
      }
    } else if (!isCompany) text = text.replace(SERVANT_JOINED, 'abd').replace(/^abd([rnszdt])\1/, 'abd$1')
    words.push({
      text,
      joined: before === '' ? (tokens[at]!.text === text ? (tokens[at]!.rest ?? null) : null) : before + text,
      isInitial: isInitial && text.length === 1,
      isBare,
    })
    before = ''
  }
  return isCompany ? withJoinedInitials(words) : words
}

/** I. B. M. and IBM are one word of a company. */
function withJoinedInitials(words: Word[]): Word[] {
  const out: Word[] = []
  for (const word of words) {
    const last = out.at(-1)
    if (word.isInitial && last?.isInitial) last.text += word.text
    else out.push({ ...word })
  }
  for (const word of out) if (word.text.length > 1) word.isInitial = false
  return out
}
