/** A sensitive number or date of a person, by the authority that issues it. */
export type IdentifierKind =
  | 'card'
  | 'iban'
  | 'us-ssn'
  | 'us-itin'
  | 'us-ein'
  | 'us-routing'
  | 'us-medicare'
  | 'uk-nino'
  | 'uk-nhs'
  | 'uk-utr'
  | 'uk-account'
  | 'de-tax'
  | 'de-insurance'
  | 'de-document'
  | 'at-insurance'
  | 'ch-insurance'
  | 'fr-nir'
  | 'es-dni'
  | 'es-nie'
  | 'it-tax-code'
  | 'pt-nif'
  | 'nl-bsn'
  | 'be-national'
  | 'ie-pps'
  | 'se-personal'
  | 'dk-cpr'
  | 'fi-hetu'
  | 'pl-pesel'
  | 'ca-sin'
  | 'au-tfn'
  | 'au-medicare'
  | 'br-cpf'
  | 'in-aadhaar'
  | 'in-pan'
  | 'il-id'
  | 'passport'
  | 'driving-licence'
  | 'date-of-birth'

/** What a text speaks of, rather than a number in it. */
export type TermKind = 'health' | 'bank' | 'biometric' | 'genetic' | 'child' | 'criminal' | 'privilege'

/** Where it stands in its text, in UTF-16 units. */
export type Identifier = { kind: IdentifierKind; at: number; length: number }
export type Term = { kind: TermKind; at: number; length: number }

const WORDS: Record<IdentifierKind | TermKind, readonly [one: string, many: string]> = {
  'card': ['payment card number', 'payment card numbers'],
  'iban': ['IBAN', 'IBANs'],
  'us-ssn': ['US social security number', 'US social security numbers'],
  'us-itin': ['US individual taxpayer number (ITIN)', 'US individual taxpayer numbers (ITIN)'],
  'us-ein': ['US employer number (EIN)', 'US employer numbers (EIN)'],
  'us-routing': ['US bank routing number', 'US bank routing numbers'],
  'us-medicare': ['US Medicare number', 'US Medicare numbers'],
  'uk-nino': ['UK National Insurance number', 'UK National Insurance numbers'],
  'uk-nhs': ['NHS number', 'NHS numbers'],
  'uk-utr': ['UK taxpayer reference (UTR)', 'UK taxpayer references (UTR)'],
  'uk-account': ['UK bank account number', 'UK bank account numbers'],
  'de-tax': ['German tax number (IdNr)', 'German tax numbers (IdNr)'],
  'de-insurance': ['German social insurance number', 'German social insurance numbers'],
  'de-document': ['German identity card or passport number', 'German identity card or passport numbers'],
  'at-insurance': ['Austrian social insurance number', 'Austrian social insurance numbers'],
  'ch-insurance': ['Swiss social insurance number (AHV)', 'Swiss social insurance numbers (AHV)'],
  'fr-nir': ['French social security number', 'French social security numbers'],
  'es-dni': ['Spanish identity number (DNI)', 'Spanish identity numbers (DNI)'],
  'es-nie': ['Spanish foreigner number (NIE)', 'Spanish foreigner numbers (NIE)'],
  'it-tax-code': ['Italian tax code', 'Italian tax codes'],
  'pt-nif': ['Portuguese tax number (NIF)', 'Portuguese tax numbers (NIF)'],
  'nl-bsn': ['Dutch citizen number (BSN)', 'Dutch citizen numbers (BSN)'],
  'be-national': ['Belgian national number', 'Belgian national numbers'],
  'ie-pps': ['Irish PPS number', 'Irish PPS numbers'],
  'se-personal': ['Swedish personal identity number', 'Swedish personal identity numbers'],
  'dk-cpr': ['Danish CPR number', 'Danish CPR numbers'],
  'fi-hetu': ['Finnish personal identity code', 'Finnish personal identity codes'],
  'pl-pesel': ['Polish PESEL number', 'Polish PESEL numbers'],
  'ca-sin': ['Canadian social insurance number', 'Canadian social insurance numbers'],
  'au-tfn': ['Australian tax file number', 'Australian tax file numbers'],
  'au-medicare': ['Australian Medicare number', 'Australian Medicare numbers'],
  'br-cpf': ['Brazilian CPF number', 'Brazilian CPF numbers'],
  'in-aadhaar': ['Aadhaar number', 'Aadhaar numbers'],
  'in-pan': ['Indian tax number (PAN)', 'Indian tax numbers (PAN)'],
  'il-id': ['Israeli identity number', 'Israeli identity numbers'],
  'passport': ['passport number', 'passport numbers'],
  'driving-licence': ['driving licence number', 'driving licence numbers'],
  'date-of-birth': ['date of birth', 'dates of birth'],
  'health': ['mention of health', 'mentions of health'],
  'bank': ['mention of bank details', 'mentions of bank details'],
  'biometric': ['mention of biometric data', 'mentions of biometric data'],
  'genetic': ['mention of genetic data', 'mentions of genetic data'],
  'child': ['mention of a child', 'mentions of a child'],
  'criminal': ['mention of crime', 'mentions of crime'],
  'privilege': ['mark of privilege', 'marks of privilege'],
}

/** `3 US social security numbers` */
export const inWords = (kind: IdentifierKind | TermKind, count: number): string => `${count} ${WORDS[kind][count === 1 ? 0 : 1]}`

export const IDENTIFIER_KINDS = Object.keys(WORDS).slice(0, Object.keys(WORDS).indexOf('health')) as IdentifierKind[]
