import { expect, test } from 'vitest'
import { daitchMokotoff } from './daitch-mokotoff.ts'
import { soundsOf } from './phonetics.ts'

// The examples that JewishGen prints with its chart, those of Apache Commons Codec, and what PostgreSQL 18 (fuzzystrmatch) says.
const PUBLISHED = `Moskowitz 645740;Moskovitz 645740;Auerbach 097500,097400;Ohrbach 097500,097400;Lipshitz 874400;Lippszyc 874500,874400;
  Lewinsky 876450;Levinski 876450;Szlamawicz 486740;Shlamovitz 486740;Golden 583600;Alpert 087930;Breuer 791900;Haber 579000;Mannheim 665600;
  Mintz 664000;Topf 370000;Kleinmann 586660;Akssol 054800;Gerschfeld 594578,594783,545783,547830;Peters 739400,734000;Peterson 739460,734600;
  Jackson 154600,145460,454600,445460;Schwarzenegger 479465,474659;Halberstam 587943,587436;
  Rosochowaciec 945755,945754,945745,945744,944755,944754,944745,944744;Przemysl 794648,746480;Pshemeshil 746480;Stein 260000;Zhdanov 267000;
  Schtschukin 256000;Wachsman 754660;Ceniow 567000,467000;Tsenyuv 467000;Holubica 587500,587400;Golubitsa 587400;Rosokhovatsets 945744;
  Cohen 556000,456000;Berlin 798600;Szczecin 256000,246000`
  .split(';')
  .map((line) => line.trim().split(' ') as [string, string])

test.each(PUBLISHED)('the Daitch-Mokotoff codes of %s', (name, codes) => {
  expect(daitchMokotoff(name).sort()).toEqual(codes.split(',').sort())
})

test('a name and another spelling of it share a code, another name shares none', () => {
  const shared = (a: string, b: string) => daitchMokotoff(a).filter((code) => daitchMokotoff(b).includes(code))
  expect(shared('Ceniow', 'Tsenyuv')).not.toEqual([])
  expect(shared('Przemysl', 'Pshemeshil')).not.toEqual([])
  expect(shared('Moskowitz', 'Markowitz')).toEqual([])
})

test('no codes without letters, six digits and never more than sixteen codes with them', () => {
  expect(daitchMokotoff('')).toEqual([])
  expect(daitchMokotoff('1234 -')).toEqual([])
  for (const word of ['c'.repeat(200), 'chcjckrsrz'.repeat(20), 'ąęţ', 'x', 'mnnmmn', 'ţţţţţţţ']) {
    const codes = daitchMokotoff(word)
    expect(codes.length).toBeGreaterThan(0)
    expect(codes.length).toBeLessThanOrEqual(16)
    for (const code of codes) expect(code).toMatch(/^\d{6}$/)
  }
})

// as PostgreSQL 18 (dmetaphone, dmetaphone_alt) gives them, whose keys end after four letters
test.each([
  ['smith', ['SM0', 'XMT']],
  ['schmidt', ['XMT', 'SMT']],
  ['thompson', ['TMPS']],
  ['knight', ['NT']],
  ['michael', ['MKL', 'MXL']],
  ['catherine', ['K0RN', 'KTRN']],
  ['katherine', ['K0RN', 'KTRN']],
  ['filipowicz', ['FLPT', 'FLPF']],
  ['cabrillo', ['KPRL', 'KPR']],
  ['xavier', ['SF', 'SFR']],
  ['bacchus', ['PKS']],
  ['accident', ['AKST']],
  ['wright', ['RT']],
])('the Double Metaphone keys of %s', (word, keys) => {
  expect([...new Set(soundsOf(word).metaphone.map((key) => key.slice(0, 4)))]).toEqual(keys)
})

test('what cannot be said has no sound', () => {
  for (const word of ['', 'x', '王小明', '1234', 'a1']) expect(soundsOf(word)).toEqual({ metaphone: [], daitchMokotoff: [] })
})
