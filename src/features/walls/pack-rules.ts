import type { WallRule } from '../../contract/wall.ts'

/**
 * What the product's catalogue of rules (sections 5.1 and 5.4, as of 22 November 2026) says of the rule behind a screen,
 * and no more than that. `sources` keeps its marks of how far each line was checked.
 */
export type PackRule = {
  name: string
  /** Head of the notice. */ notice: string
  /** To whom, after "Notice to". */ asks: string
  supports: string
  /** The parts of Rule 1.10(a)(2)(ii) that the notice has. */ parts: ('compliance' | 'tribunal' | 'answers')[]
  /** Sentences before the parts, with lines to write on where the firm has to add something. */ opening: {
    text: string
    blanks: string[]
  }[]
  /** Sentences after the parts. */ closing: string[]
  certificates: string
  decide: string[]
  sources: [rule: string, checked: string][]
}

const SECONDARY = 'Read in at least one secondary source; not read in the rule’s own text.'
const TERTIARY = 'Read in a single tertiary source.'
const MEMORY = 'From memory; not read.'

const SCREENED: PackRule['sources'] = [
  ['Model Rule 1.0(k), “screened”', TERTIARY],
  ['Model Rule 1.0, comments 8 to 10', MEMORY],
]
const ADEQUATE =
  'Whether the screen was timely and its procedures are reasonably adequate under the circumstances to protect the information (Model Rule 1.0(k)).'
const ADOPTED = 'Which rule applies: the Model Rules are models, and every state differs from them.'
const LIKE_1_10 = (rule: string) =>
  `Of Model Rule ${rule} the catalogue of this product says only whom a notice goes to. The parts below follow those that Rule 1.10(a)(2)(ii) lists; keep those that the rule as adopted asks for.`
const NO_CERTIFICATES =
  'The catalogue of this product names no duty to certify under this rule. The certificates below are for a firm that chooses to keep them.'

export const RULES: Record<WallRule, PackRule> = {
  '1.10(a)(2)': {
    name: 'ABA Model Rule 1.10(a)(2)',
    notice: 'Notice to the affected former client',
    asks: 'Rule 1.10(a)(2)(ii) asks for written notice, given promptly, with four parts: the screening procedures; a statement of compliance by the firm and by the screened lawyer; a statement that review may be available before a tribunal; and an agreement to respond promptly to written inquiries or objections.',
    supports:
      'Under this rule a lawyer’s conflict under Rule 1.9(a) or (b) that arises from the lawyer’s association with a prior firm is not imputed to the firm if the lawyer is timely screened and gets no part of the fee, written notice is promptly given, and compliance is certified.',
    parts: ['compliance', 'tribunal', 'answers'],
    opening: [],
    closing: [
      'If you ask for it in writing, the screened lawyer and a partner of the firm will certify compliance to you at reasonable intervals. They will also do so when the screening ends.',
    ],
    certificates:
      'Rule 1.10(a)(2)(iii) asks for certifications of compliance by the screened lawyer and by a partner, at reasonable intervals on the former client’s written request, and on termination of the screening.',
    decide: [
      'Whether the state whose rules apply permits a screen of a lateral lawyer without the former client’s consent. Many states do not.',
      'Whether the conflict is one under Rule 1.9(a) or (b) that arises from the lawyer’s association with a prior firm.',
      ADEQUATE,
      'When the notice goes out, what it may tell of the firm’s own client, and who signs.',
      ADOPTED,
    ],
    sources: [
      ['Model Rule 1.10(a)(2)', SECONDARY],
      ['Its limit to a “prior firm” (August 2009)', MEMORY],
      ['Model Rule 1.9(a) to (c)', MEMORY],
      ...SCREENED,
    ],
  },
  '1.11': {
    name: 'ABA Model Rule 1.11 (government lawyers)',
    notice: 'Notice to the government agency',
    asks: LIKE_1_10('1.11'),
    supports: 'Under this rule a lawyer who comes from government is screened, and the agency is given notice.',
    parts: ['compliance', 'answers'],
    opening: [],
    closing: [],
    certificates: NO_CERTIFICATES,
    decide: ['Whether the rule reaches this lawyer and this matter, what the notice has to say, and by when.', ADEQUATE, ADOPTED],
    sources: [['Model Rule 1.11', MEMORY], ...SCREENED],
  },
  '1.12': {
    name: 'ABA Model Rule 1.12 (former judges, arbitrators and the like)',
    notice: 'Notice to the parties and the tribunal',
    asks: LIKE_1_10('1.12'),
    supports: 'Under this rule a former judge is screened, and the parties and the tribunal are given notice.',
    parts: ['compliance', 'tribunal', 'answers'],
    opening: [],
    closing: [],
    certificates: NO_CERTIFICATES,
    decide: ['Whether the rule reaches this lawyer and this matter, what the notice has to say, and by when.', ADEQUATE, ADOPTED],
    sources: [['Model Rule 1.12', MEMORY], ...SCREENED],
  },
  '1.18': {
    name: 'ABA Model Rule 1.18 (prospective clients)',
    notice: 'Notice to the prospective client',
    asks: 'Rule 1.18 lets a firm act, where it holds information that could be significantly harmful to a prospective client, with informed consent of both confirmed in writing; or with reasonable measures to avoid more information than needed, a timely screen, no part of the fee, and prompt written notice to the prospective client. This is a draft of that notice.',
    supports:
      'Under this rule a firm may act without consent if it took reasonable measures to avoid more information than needed, the screen is timely, the screened get no part of the fee, and written notice is promptly given to the prospective client.',
    parts: ['compliance', 'answers'],
    opening: [
      {
        text: 'These measures were taken so that the firm received no more information from you than it needed:',
        blanks: ['', 'Measures taken'],
      },
    ],
    closing: [],
    certificates: NO_CERTIFICATES,
    decide: [
      'Whether the measures taken at the first conversation were reasonable ones; write them into the notice.',
      'Whether to ask for informed consent of both clients, confirmed in writing, instead.',
      ADEQUATE,
      ADOPTED,
    ],
    sources: [['Model Rule 1.18', MEMORY], ...SCREENED],
  },
  'sra-6.5': {
    name: 'SRA Code, paragraph 6.5 (England and Wales)',
    notice: 'Letter to the client whose information is held',
    asks: 'Paragraph 6.5 forbids acting where a client has an interest adverse to another current or former client for whom the firm holds confidential information material to the matter, unless (a) effective measures result in no real risk of disclosure, or (b) that client gives informed consent, given or evidenced in writing, to the firm acting, including to the measures.',
    supports: 'This pack describes the measures. It does not assess whether a real risk of disclosure remains.',
    parts: ['compliance', 'answers'],
    opening: [
      {
        text: 'The firm relies on (tick one):  [   ] effective measures, so that there is no real risk of disclosure;  [   ] your informed consent, which it asks you to give in writing.',
        blanks: [],
      },
    ],
    closing: [],
    certificates: NO_CERTIFICATES,
    decide: [
      'Whether the measures leave no real risk of disclosure. The courts treat the duty of confidentiality as unqualified, not as one of reasonable steps (Bolkiah v KPMG [1998]).',
      'Whether to ask for consent instead, and what has to be explained first.',
      'Whether a letter is sent at all, and what it may tell of the firm’s other client.',
    ],
    sources: [
      ['SRA 6.5, the rule', SECONDARY],
      ['SRA 6.5, words of (a) and (b)', MEMORY],
      ['SRA 6.3 and the guidance on it', 'Read in a primary text or on an official page.'],
    ],
  },
  'voluntary': {
    name: 'Voluntary: the firm’s own decision',
    notice: 'Notice, if the firm chooses to give one',
    asks: 'This screen is voluntary. No rule in the catalogue of this product asks for a notice. The draft below is for a firm that has promised one or chooses to give one.',
    supports:
      'A voluntary screen helps to keep information to those who need it (Model Rule 1.6(c) asks for reasonable efforts). No rule is named that gives it a further effect.',
    parts: ['compliance', 'answers'],
    opening: [],
    closing: [],
    certificates: NO_CERTIFICATES,
    decide: [
      'Whether a rule asks for more than this screen, and for a notice.',
      'Whether the notice would itself reveal what is confidential.',
    ],
    sources: [['Model Rule 1.6(c)', SECONDARY], ...SCREENED],
  },
  'insider': {
    name: 'Insider list',
    notice: 'Notice, if the firm chooses to give one',
    asks: 'This screen keeps an insider list. No rule in the catalogue of this product asks for a notice. To tell anyone of it can itself reveal inside information.',
    supports:
      'The screen limits who reaches the information. What market-abuse law asks of an insider list is not in the catalogue of this product.',
    parts: ['answers'],
    opening: [],
    closing: [],
    certificates: NO_CERTIFICATES,
    decide: [
      'What the law of the market asks of an insider list, and whether this record meets it.',
      'Whether anyone may be told of the screen at all.',
    ],
    sources: [['Insider lists', 'Not covered by the catalogue.']],
  },
}
