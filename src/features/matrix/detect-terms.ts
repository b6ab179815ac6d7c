import type { Hit } from './detect.ts'

type Term = [pattern: RegExp, weight: number]
type Lexicon = {
  terms: Term[]
  /** Other things that are called alike; they are passed over. */
  not: RegExp
}

/** Words that stand together within a page's half speak of one thing. */
const WINDOW = 1200
/** Enough of them: `diagnosed with` and an illness, or three lesser words. */
const ENOUGH = 4
/** Someone in particular is spoken of. */
const PERSON =
  /\b(?:she|he|her|his|him|mrs?|ms|miss|dr|my|i|patient|claimant|plaintiff|client|deceased|employee|mother|father|husband|wife|son|daughter|respondent|applicant)\b/gi
/** What speaks of nobody: rules, contracts, products. */
const GENERAL =
  /\b(?:policy|policies|shall|regulations?|directive|statute|hipaa|gdpr|data protection|personal data|processing of|special categor(?:y|ies)|insurers?|market|research|software|products?|compliance|premises|licensee|supplier|legislation|guidance|curriculum|hereunder|hereof|herein|thereof|pursuant|executive|severance|determination|notwithstanding)\b/gi

const HEALTH: Lexicon = {
  not: /health and safety|health & safety|great depression|economic depression|market depression|be patient|patiently|patience|cancer research|clinical trial|financial health|healthy competition|irreparable injury|tax treatment|accounting treatment|equal treatment|fair treatment|national treatment|operating system|department of health|health insurance portability|computer virus|surgical precision|dr\.? [a-z]+ llp|prescribed (?:by (?:law|the)|form|time|manner|period)|short-term disability|long-term disability/gi,
  terms: [
    [/\bdiagnos(?:ed|is|es)\b/gi, 3],
    [/\bicd-?1[01]\b/gi, 3],
    [/\bprognosis\b/gi, 2],
    [/\bnhs (?:number|no)\b/gi, 3],
    [/\b(?:medical|health|clinical|hospital) (?:records?|history|notes|examination|reports?|condition|certificate|chart)\b/gi, 2],
    [/\b(?:treating|attending) (?:physician|doctor|consultant|psychiatrist|clinician|surgeon)\b/gi, 3],
    [/\bdischarge summary\b/gi, 3],
    [/\b(?:chemo|radio)therapy\b/gi, 3],
    [/\bpsychiatr(?:ist|ic|y)\b/gi, 2],
    [/\b(?:hiv|aids)\b/g, 2],
    [/\b(?:HIV|AIDS)\b/g, 2],
    [
      /\b(?:schizophrenia|bipolar|ptsd|post-traumatic stress|dementia|alzheimer|parkinson|multiple sclerosis|epilep(?:sy|tic)|diabet(?:es|ic)|carcinoma|lymphoma|leuka?emia|tumou?rs?|cancer|hepatitis|asthma|arthritis|miscarriage|stroke|angina|hypertension|autis(?:m|tic)|adhd|osteoporosis|coeliac|crohn)\b/gi,
      2,
    ],
    [/\b(?:depression|depressive|anxiety|panic attacks?|self-harm|suicidal|insomnia|addiction|alcoholism|overdose)\b/gi, 2],
    [
      /\b(?:prescri(?:bed|ption)s?|medication|antidepressants?|antibiotics?|insulin|sertraline|fluoxetine|ibuprofen|morphine|warfarin|lithium|metformin|opioids?)\b/gi,
      2,
    ],
    [/\b\d+ ?(?:mg|mcg)\b/gi, 2],
    [/\b(?:mri|ct scan|x-rays?|ultrasound|biopsy|blood (?:tests?|pressure|sugar)|ecg|ekg)\b/gi, 2],
    [/\b(?:surgery|surgeon|operated on|amputat\w+|transplant|hysterectomy|caesarean|arthroscopy)\b/gi, 2],
    [/\b(?:fractur(?:e|ed|es)|lumbar|cervical|sciatica|concussion|whiplash|herniated|ligament|scarring|paralys(?:is|ed)|bruising)\b/gi, 2],
    [/\b(?:pregnan(?:t|cy)|antenatal|fertility treatment|ivf)\b/gi, 2],
    [/\b(?:mental health|mental illness|unfit for work|sick leave|fit note|in remission)\b/gi, 2],
    [
      /\b(?:hospitali[sz]ed|admitted to (?:the )?hospital|accident and emergency|a&e|intensive care|oncolog(?:y|ist)|neurolog(?:y|ist|ical)|cardiolog(?:y|ist)|physiotherap(?:y|ist)|psycholog(?:ist|ical))\b/gi,
      2,
    ],
    [
      /\b(?:disabilit(?:y|ies)|disabled|symptoms?|hospital|clinic|physicians?|gp|doctors?|patients?|pain|injur(?:y|ies|ed)|treatment|therapy|therapist|counselling)\b/gi,
      1,
    ],
  ],
}

const YOUNG = '(?:[1-9]|1[0-7]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)'
const CHILD: Lexicon = {
  not: /child (?:process|node|element|component|theme|table|record|account|class|entity|compan(?:y|ies)|window|domain|policy|abuse material filter)e?s?|parent[- ]child (?:relationship|hierarchy|link)|adult child(?:ren)?|child-?resistant|brainchild|chain of custody|safe custody|custody (?:account|agreement|services|bank)|minor (?:amendments?|changes?|issues?|defects?|works?|repairs?|variations?|injur(?:y|ies))|school of law|law school|business school|medical school|children'?s (?:place|place inc|hospital trust|books?)|nursery (?:stock|plants?)|guardian (?:newspaper|news)|the guardian|old school/gi,
  terms: [
    [
      new RegExp(
        `\\b${YOUNG}[- ]years?[- ]old\\b[^.\\n]{0,30}\\b(?:boy|girl|child|son|daughter|pupil|student|victim|minor|sister|brother)\\b`,
        'gi',
      ),
      4,
    ],
    [
      new RegExp(
        `\\b(?:boy|girl|child|son|daughter|pupil|children|sister|brother|minor)\\b[^.\\n]{0,40}\\b(?:aged?|is|was|then|of) ${YOUNG}\\b(?![\\d%])`,
        'gi',
      ),
      4,
    ],
    [new RegExp(`\\b(?:son|daughter|boy|girl|child)\\b[^.\\n]{0,20}\\(${YOUNG}\\)`, 'gi'), 4],
    [new RegExp(`\\b(?:she|he) (?:is|was|turned|had turned) (?:only |just )?${YOUNG}(?: years?(?: old)?)?(?=[ ,.;]|$)`, 'gi'), 2],
    [/\bguardian ad litem\b|\blitigation friend\b|\bcafcass\b/gi, 4],
    [
      /\bminor child(?:ren)?\b|\binfant (?:plaintiff|claimant|settlement)\b|\bminor(?:'s|’s) (?:compromise|settlement|parents?|mother|father)\b/gi,
      4,
    ],
    [/\bchild (?:protection|welfare|arrangements?|custody|support|maintenance|abduction|abuse|neglect)\b/gi, 3],
    [
      /\bcustody of\b|\bparental responsibility\b|\bparenting (?:plan|time)\b|\bvisitation\b|\bresidence order\b|\bspecial guardianship\b/gi,
      3,
    ],
    [/\bfoster (?:care|carers?|parents?|placement)\b|\bsocial worker\b|\bsafeguarding\b|\bin care\b|\badopt(?:ed|ion)\b/gi, 2],
    [/\bpa?ediatric(?:ian|s)?\b/gi, 2],
    [
      /\b(?:primary|elementary|nursery|secondary|middle|high) school\b|\bkindergarten\b|\bschool reports?\b|\bheadteacher\b|\bclassroom\b|\bgrade \d\b|\byear (?:[1-9]|1[0-3]) pupil\b|\bpupils?\b/gi,
      2,
    ],
    [/\b(?:born|date of birth|dob|d\.o\.b\.)\b[^\n]{0,24}\b20[1-4]\d\b/gi, 2],
    [/\b(?:the minor|juvenile|toddler|newborn|infant|schoolboy|schoolgirl|teenager)\b/gi, 2],
    [/\b(?:child(?:ren)?(?:'s|’s)?|son|daughter|boy|girl|school|mother|father|parents?)\b/gi, 1],
  ],
}

/** Words on someone's health that stand together; none where they speak of nobody, or are too few. */
export const healthTerms = (text: string): Hit[] => termsOf(HEALTH, text)
/** The same for a child. */
export const childTerms = (text: string): Hit[] => termsOf(CHILD, text)

type Word = { at: number; kind: number; word: string; weight: number }
function termsOf({ terms, not }: Lexicon, text: string): Hit[] {
  // what only looks alike is blanked, so that places stay what they are
  const clean = text.replace(not, (other) => ' '.repeat(other.length))
  const hits: Word[] = terms
    .flatMap(([pattern, weight], kind) =>
      [...clean.matchAll(pattern)].map((match) => ({ at: match.index, kind, word: match[0].toLowerCase(), weight })),
    )
    .sort((one, other) => one.at - other.at)
  const counted: Hit[] = []
  for (let start = 0, next = 0; start < hits.length; start = Math.max(next, start + 1)) {
    const from = hits[start]!.at
    let end = start
    while (end < hits.length && hits[end]!.at < from + WINDOW) end += 1
    // half of a window further on, so that what lies across two is seen in one
    next = start
    while (next < end && hits[next]!.at < from + WINDOW / 2) next += 1
    const inside = distinct(hits.slice(start, end))
    if (scoreOf(inside, clean.slice(Math.max(0, from - 200), from + WINDOW)) >= ENOUGH)
      counted.push(...inside.map(({ at, word }) => ({ at, key: word })))
  }
  return counted
}

/** A word counts once, and two of one kind count for no more than one and a half. */
function distinct(hits: Word[]): Word[] {
  const known = new Map<string, Word>()
  const kinds = new Map<number, number>()
  for (const hit of hits) {
    if (known.has(hit.word)) continue
    const times = kinds.get(hit.kind) ?? 0
    kinds.set(hit.kind, times + 1)
    known.set(hit.word, { ...hit, weight: times === 0 ? hit.weight : times === 1 ? hit.weight / 2 : 0 })
  }
  return [...known.values()]
}

function scoreOf(hits: Word[], text: string): number {
  const words = hits.reduce((sum, hit) => sum + hit.weight, 0)
  if (words < ENOUGH - 1) return 0
  const persons = text.match(PERSON)?.length ?? 0
  const general = new Set(text.match(GENERAL)?.map((word) => word.toLowerCase())).size
  return words + Math.min(persons, 2) - (persons > general ? 0 : 2 * Math.min(general, 4))
}
