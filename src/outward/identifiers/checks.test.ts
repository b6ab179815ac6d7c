import { expect, test } from 'vitest'
import { chanceOf } from '../../../test/outward/identifiers/snippets.ts'
import { TEMPLATES, drawnFrom, withOneOther } from '../../../test/outward/identifiers/numbers.ts'
import { ean13, luhn, mod11by10, verhoeff } from './checks.ts'
import type { IdentifierKind } from './kinds.ts'
import { IBAN, SCHEMES } from './schemes.ts'

const fits = (kind: IdentifierKind, compact: string): boolean =>
  [...SCHEMES, IBAN].some((scheme) => scheme.kind === kind && scheme.fits(compact, compact))

// numbers that issuers, standards and handbooks print as examples
test.each<[IdentifierKind, string, string]>([
  ['card', '4111111111111111', '4111111111111112'],
  ['card', '378282246310005', '378282246310006'],
  ['card', '30569309025904', '30569309025905'],
  ['card', '2223003122003222', '9223003122003222'],
  ['iban', 'GB29NWBK60161331926819', 'GB29NWBK60161331926818'],
  ['iban', 'DE89370400440532013000', 'DE8937040044053201300'],
  ['iban', 'NO9386011117947', 'NO9386011117948'],
  ['iban', 'MT84MALT011000012345MTLCAST001S', 'MT84MALT011000012345MTLCAST001T'],
  ['us-ssn', '536904399', '666904399'],
  ['us-ssn', '536904399', '078051120'],
  ['us-itin', '912903456', '912933456'],
  ['us-ein', '911144442', '071144442'],
  ['us-routing', '111000025', '112000025'],
  ['us-medicare', '1EG4TE5MK73', '1EG4TE5MK7S'],
  ['uk-nino', 'AB123456C', 'QQ123456C'],
  ['uk-nino', 'AB123456C', 'GB123456C'],
  ['uk-nhs', '9434765870', '9434765871'],
  ['uk-utr', '1955839661', '2955839661'],
  ['de-tax', '36574261809', '36574261890'],
  ['de-tax', '36574261809', '36554266806'],
  ['de-insurance', '15070649C103', '15070649C104'],
  ['de-document', 'T220001293', 'T220001294'],
  ['at-insurance', '1237010180', '2237010180'],
  ['ch-insurance', '7569217076985', '7569217076984'],
  ['fr-nir', '295109912611193', '295109912611199'],
  ['fr-nir', '253072B07300470', '253072C07300443'],
  ['fr-nir', '253072A07300443', '253072A07300444'],
  ['es-dni', '54362315K', '54362315Z'],
  ['es-nie', 'X2482300W', 'X2482300A'],
  ['it-tax-code', 'RCCMNL83S18D969H', 'RCCMNL83S18D969I'],
  ['it-tax-code', 'CNTCHR83T41D969D', 'CNTCHR83T32D969D'],
  ['pt-nif', '501964843', '501964842'],
  ['nl-bsn', '111222333', '111252333'],
  ['be-national', '85073003328', '85073003329'],
  ['be-national', '17073003384', '17073003385'],
  ['ie-pps', '6433435F', '6433435E'],
  ['ie-pps', '6433435OA', '6433435VH'],
  ['ie-pps', '6433435FW', '6433435EW'],
  ['se-personal', '8803200016', '8803200018'],
  ['se-personal', '198803200016', '178803200016'],
  ['dk-cpr', '2110625629', '5110625629'],
  ['fi-hetu', '131052308T', '131052308U'],
  ['fi-hetu', '131052A308T', '131052G308T'],
  ['pl-pesel', '44051401359', '44051401358'],
  ['pl-pesel', '02122401358', '02381307589'],
  ['ca-sin', '123456782', '823456785'],
  ['au-tfn', '123456782', '999999999'],
  ['au-medicare', '2951873125', '2951873135'],
  ['br-cpf', '39053344705', '23100299901'],
  ['in-aadhaar', '234123412346', '234123412347'],
  ['in-pan', 'ACUPA7085R', 'ABMXA3211G'],
  ['il-id', '039337423', '039337422'],
])('of %s, %s is right and %s is wrong', (kind, right, wrong) => {
  expect(fits(kind, right)).toBe(true)
  expect(fits(kind, wrong)).toBe(false)
})

test('the checks know the examples of their standards', () => {
  expect([luhn('49927398716'), luhn('49927398717')]).toEqual([true, false])
  expect([mod11by10('794623'), mod11by10('794624')]).toEqual([true, false])
  expect([verhoeff('12340'), verhoeff('12304')]).toEqual([true, false])
  expect([ean13('4006381333931'), ean13('4006381333932')]).toEqual([true, false])
})

// the schemes that find every single wrong digit; the others find it in nine cases of ten, or have digits that no check covers
const STRICT: IdentifierKind[] = [
  ...(['card', 'uk-nhs', 'ch-insurance', 'es-dni', 'es-nie', 'nl-bsn', 'ca-sin', 'in-aadhaar', 'il-id', 'de-tax', 'pl-pesel'] as const),
  ...(['fr-nir', 'us-routing', 'fi-hetu'] as const),
]

test.each(STRICT)('one wrong digit of %s is always seen', (kind) => {
  const chance = chanceOf(`strict ${kind}`)
  let right = 0
  for (let tries = 0; tries < 30_000 && right < 40; tries += 1) {
    const templates = TEMPLATES[kind]!
    const number = drawnFrom(templates[tries % templates.length]!, chance)
    if (!fits(kind, number)) continue
    right += 1
    for (let at = 0; at < number.replace(/\D/g, '').length; at += 1) expect(fits(kind, withOneOther(number, chance, at))).toBe(false)
  }
  expect(right).toBe(40)
})
