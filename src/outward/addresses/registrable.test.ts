import { expect, test } from 'vitest'
import { registrableOf } from './registrable.ts'

test.each([
  ['mail.deltalaw.co.uk', 'deltalaw.co.uk', 'deltalaw', 'co.uk'],
  ['deltalaw.co.uk', 'deltalaw.co.uk', 'deltalaw', 'co.uk'],
  ['a.b.corvin.example', 'corvin.example', 'corvin', 'example'],
  ['corvin.con', 'corvin.con', 'corvin', 'con'],
  ['mail.acme.uk.com', 'acme.uk.com', 'acme', 'uk.com'],
  ['ada.github.io', 'ada.github.io', 'ada', 'github.io'],
  ['co.uk', 'co.uk', 'co', 'uk'],
  ['www.city.kobe.jp', 'city.kobe.jp', 'city', 'kobe.jp'],
  ['mail.xn--85x722f.xn--55qx5d.cn', 'xn--85x722f.xn--55qx5d.cn', 'xn--85x722f', 'xn--55qx5d.cn'],
])('%s belongs to whoever registered %s', (host, domain, label, ending) => {
  expect(registrableOf(host)).toEqual({ domain, label, ending })
})
