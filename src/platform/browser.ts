/** What a browser says of itself, as far as it helps a person to know it again. */
export type Browser = {
  /** `Firefox on Windows`; shown in the list of sessions. */ words: string
  /** Family and system without versions, which change by themselves: a session stays in the kind of browser it was begun in. */ kind: string
}

const FAMILIES: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
/** The system in words, and the kind that stays the same when a phone or tablet asks for the site as a desktop. */
const SYSTEMS: [RegExp, string, string][] = [
  [/\biPhone\b/, 'iPhone', 'Apple'],
  [/\b(?:iPad|Macintosh|Mac OS X)\b/, 'Mac or iPad', 'Apple'],
  [/\bAndroid\b/, 'Android', 'Linux'],
  [/\bWindows\b/, 'Windows', 'Windows'],
  [/\bCrOS\b/, 'ChromeOS', 'ChromeOS'],
  [/\bLinux\b/, 'Linux', 'Linux'],
]

/** Reads a User-Agent header (RFC 9110, 10.1.5); what is not known is said so and never shown as it came. */
export function browserOf(userAgent: string | undefined): Browser {
  const text = (userAgent ?? '').slice(0, 1000)
  const family = FAMILIES.find(([pattern]) => pattern.test(text))?.[1]
  const system = SYSTEMS.find(([pattern]) => pattern.test(text))
  const words = family ? `${family} on ${system?.[1] ?? 'an unknown system'}` : system ? `A program on ${system[1]}` : 'A program'
  return { words, kind: `${family ?? '-'}/${system?.[2] ?? '-'}` }
}
