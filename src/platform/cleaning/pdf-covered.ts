import type { Cover, Found } from './findings.ts'
import type { Pdfium } from '../scans/pdfium.ts'
import { lettersOn, mannerOf, thingsOn, type Box, type Letter, type Manner, type Thing } from './pdf-page-things.ts'
import { isSame, pictureOf, toneOf, type Picture } from './pdf-picture.ts'

const MOST_PAGES = 5_000
/** A picture that takes more of its page than this is a scan. */
const SCAN = 0.5
const STRIPES = 64

/**
 * Text that a page holds and does not show.
 *
 * How it is told: letters over which something is drawn later are left out, and the page is drawn once with and once without them;
 * then the same with letters that lie upon something. Where both look the same, the letter is there and is not seen: it is under a
 * box, or black upon a black one. So nothing is said of shading under a table, of a light band of marker, or of white letters on a
 * dark band, and a label on a black box does not hide what is under it. Letters drawn in no colour, or behind the picture of a
 * whole page, are those of a scan when most of them lie on ink; of these the ones on one dark colour, or under something drawn
 * over the scan, are covered too.
 */
export function inspectPages(pdfium: Pdfium, document: number, found: Found): void {
  const count = pdfium.FPDF_GetPageCount(document)
  if (count > MOST_PAGES) found.unread('too-much', `pages after ${MOST_PAGES}`)
  for (let index = 0; index < Math.min(count, MOST_PAGES); index++) {
    const page = pdfium.FPDF_LoadPage(document, index)
    if (page === 0) {
      found.unread('broken', `page ${index + 1}`)
      continue
    }
    try {
      inspectPage(pdfium, page, index + 1, found)
    } finally {
      pdfium.FPDF_ClosePage(page)
    }
  }
}

type Judged = { letter: Letter; cover: Cover; thing: Thing | null }

function inspectPage(pdfium: Pdfium, page: number, number: number, found: Found): void {
  const { things, isWhole: areAll } = thingsOn(pdfium, page)
  const judge = coversOf(pdfium, page, things)
  const manners = new Map<number, Manner | null>()
  for (const thing of things) if (thing.what === 'text') manners.set(thing.object, mannerIfDoubtful(pdfium, thing, judge))
  // text that belongs to no thing known is looked at
  const mannerIn = (object: number) => {
    const known = manners.get(object)
    return known === undefined ? { isUnseen: false, isWhite: true } : known
  }
  if ([...manners.values()].every((manner) => manner === null)) return areAll ? undefined : found.unread('too-much', `page ${number}`)
  const { letters, isWhole } = lettersOn(pdfium, page, mannerIn)
  if (!isWhole || !areAll) found.unread('too-much', `page ${number}`)
  const marked = letters.flatMap((letter) => {
    const thing = judge.redactions.find(({ box }) => isOn(letter.box, box))
    return thing ? [{ letter, cover: 'redaction' as const, thing }] : []
  })
  tellPlaces(found, 'unapplied-redactions', number, marked)
  const isDoubtful = (letter: Letter) => letter.isUnseen || isBeyond(letter.box, judge.paper) || judge.over(letter).length > 0
  const { under = [], seen = [] } = Object.groupBy(letters, (letter) => (isDoubtful(letter) ? 'under' : 'seen'))
  // one after the other: a white label on a black box must not go together with what is under the box
  const upon = seen.filter((letter) => letter.isWhite || judge.beneath(letter).length > 0)
  if (under.length + upon.length === 0) return
  const shown = pictureOf(pdfium, page)
  for (const doubtful of [under, upon]) {
    if (doubtful.length === 0) continue
    const bare = shown && pictureWithout(pdfium, page, new Set(doubtful.map(({ object }) => object)))
    if (!shown || !bare) return found.unread('too-much', `page ${number}`)
    tellUnseen(found, number, doubtful, judge, shown, bare)
  }
}

/** Text that touches nothing, is drawn in ink and lies on its page needs no closer look. */
function mannerIfDoubtful(pdfium: Pdfium, thing: Thing, judge: Judge): Manner | null {
  const manner = mannerOf(pdfium, thing.object)
  return manner.isUnseen || manner.isWhite || !isWithin(thing.box, judge.paper) || judge.isTouched(thing.box) ? manner : null
}

type Judge = {
  isTouched(box: Box): boolean
  over(letter: Letter): Thing[]
  beneath(letter: Letter): Thing[]
  redactions: Thing[]
  paper: Box
  isScan(thing: Thing): boolean
}

function coversOf(pdfium: Pdfium, page: number, things: Thing[]): Judge {
  const orders = new Map(things.filter(({ what }) => what === 'text').map(({ object, order }) => [object, order]))
  const covers = things.filter(({ what }) => what !== 'text' && what !== 'redaction')
  const paper = { left: 0, bottom: 0, right: pdfium.FPDF_GetPageWidthF(page), top: pdfium.FPDF_GetPageHeightF(page) }
  const whole = (paper.right - paper.left) * (paper.top - paper.bottom)
  // a page of many things is looked up by the stripes that they cross
  const stripe = (y: number): number => Math.max(0, Math.min(STRIPES, Math.floor((y / Math.max(1, paper.top)) * STRIPES)))
  const stripes = Array.from({ length: STRIPES + 1 }, (): Thing[] => [])
  for (const thing of covers) for (let n = stripe(thing.box.bottom); n <= stripe(thing.box.top); n++) stripes[n]!.push(thing)
  const at = ({ box }: Letter) => stripes[stripe((box.bottom + box.top) / 2)]!.filter((thing) => isOn(box, thing.box))
  const all = [...covers, ...things.filter(({ what }) => what === 'redaction')]
  const touching = Array.from({ length: STRIPES + 1 }, (): Box[] => [])
  for (const { box } of all) for (let n = stripe(box.bottom); n <= stripe(box.top); n++) touching[n]!.push(box)
  return {
    isTouched: (box) => {
      for (let n = stripe(box.bottom); n <= stripe(box.top); n++) if (touching[n]!.some((other) => isMet(box, other))) return true
      return false
    },
    over: (letter) => at(letter).filter(({ order }) => order > (orders.get(letter.object) ?? -1)),
    beneath: (letter) => at(letter).filter((thing) => thing.order < (orders.get(letter.object) ?? -1) && sizeOf(thing) <= whole * SCAN),
    redactions: things.filter(({ what }) => what === 'redaction'),
    paper,
    isScan: (thing) => thing.what === 'picture' && sizeOf(thing) > whole * SCAN,
  }
}

const sizeOf = ({ box }: Thing): number => (box.right - box.left) * (box.top - box.bottom)
/** The middle of the letter lies on it. */
const isOn = (letter: Box, box: Box): boolean => {
  const [x, y] = [(letter.left + letter.right) / 2, (letter.bottom + letter.top) / 2]
  return x >= box.left && x <= box.right && y >= box.bottom && y <= box.top
}
const isMet = (one: Box, other: Box): boolean =>
  one.left <= other.right && one.right >= other.left && one.bottom <= other.top && one.top >= other.bottom
const isWithin = (box: Box, paper: Box): boolean =>
  box.left >= paper.left && box.right <= paper.right && box.bottom >= paper.bottom && box.top <= paper.top
const isBeyond = (box: Box, paper: Box): boolean =>
  box.right < paper.left || box.left > paper.right || box.top < paper.bottom || box.bottom > paper.top

function pictureWithout(pdfium: Pdfium, page: number, objects: ReadonlySet<number>): Picture | null {
  const change = (isActive: boolean) => {
    for (const object of objects) if (object !== 0) pdfium.FPDFPageObj_SetIsActive(object, isActive)
  }
  change(false)
  try {
    return pictureOf(pdfium, page)
  } finally {
    change(true)
  }
}

function tellUnseen(found: Found, page: number, doubtful: Letter[], judge: Judge, shown: Picture, bare: Picture): void {
  const covered: Judged[] = []
  const outside: Judged[] = []
  const layer: { one: Judged; isOnInk: boolean }[] = []
  const white: Judged[] = []
  for (const letter of doubtful) {
    const area = shown.of(letter.box)
    if (!area) {
      outside.push({ letter, cover: 'none', thing: null })
      continue
    }
    if (!isSame(shown, bare, area)) continue
    const over = judge.over(letter)
    const { isEven, tone } = toneOf(shown, area)
    const later = over.filter((thing) => !judge.isScan(thing)).at(-1)
    const isUnderScan = over.some(judge.isScan)
    // over a scan, only what was drawn after it covers
    const cover: Cover = later?.what === 'annotation' ? 'annotation' : later?.what === 'picture' ? 'picture' : tone
    if (letter.isUnseen || isUnderScan) {
      const isBlack = isEven && tone === 'dark'
      if (isEven && (isBlack || later !== undefined)) covered.push({ letter, cover, thing: later ?? null })
      else layer.push({ one: { letter, cover: 'none', thing: null }, isOnInk: !isEven })
    } else if (later) covered.push({ letter, cover, thing: later })
    else if (judge.beneath(letter).length > 0) covered.push({ letter, cover: tone, thing: judge.beneath(letter).at(-1)! })
    else white.push({ letter, cover: 'none', thing: null })
  }
  tellPlaces(found, 'covered-text', page, covered)
  tellPlaces(found, 'outside-text', page, outside)
  tellPlaces(found, 'invisible-text', page, white)
  const isScan = layer.filter(({ isOnInk }) => isOnInk).length * 2 >= layer.length
  tellPlaces(
    found,
    isScan ? 'ocr-text' : 'invisible-text',
    page,
    layer.map(({ one }) => one),
  )
}

type PlaceCode = 'covered-text' | 'outside-text' | 'invisible-text' | 'ocr-text' | 'unapplied-redactions'

/** One place for letters that follow each other under the same thing, on one line. */
function tellPlaces(found: Found, code: PlaceCode, page: number, judged: Judged[]): void {
  for (let at = 0; at < judged.length;) {
    const { thing, letter } = judged[at]!
    const box = { ...letter.box }
    const first = at
    for (; at < judged.length && judged[at]!.thing === thing; at++) {
      const next = judged[at]!.letter.box
      if (at > first && code !== 'ocr-text' && !(next.bottom < box.top && next.top > box.bottom)) break
      widen(box, next)
    }
    const here = judged.slice(first, at)
    const text = here.map((one) => one.letter.text).join('')
    found.place(code, { page, ...box, letters: here.length, cover: mostOften(here) }, text.slice(0, 400))
  }
}

function widen(box: Box, { left, bottom, right, top }: Box): void {
  box.left = Math.min(box.left, left)
  box.bottom = Math.min(box.bottom, bottom)
  box.right = Math.max(box.right, right)
  box.top = Math.max(box.top, top)
}

/** A label on a box spoils the colour over some letters, not over most. */
function mostOften(judged: Judged[]): Cover {
  const counts = Map.groupBy(judged, ({ cover }) => cover)
  return [...counts].reduce((most, one) => (one[1].length > most[1].length ? one : most))[0]
}
