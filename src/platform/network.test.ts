import { expect, test } from 'vitest'
import { networkOf } from './network.ts'

test('every way of writing an address is one network, a subscriber’s /64 is one, and two subscribers are two', () => {
  const same = [
    ['2001:db8::1', '2001:DB8:0:0:ffff::2', '2001:0db8:0000:0000:1:2:3:4', '2001:db8::'],
    ['2001:db8:1::5', '2001:db8:1:0:1:2:3:4'],
    ['1.2.3.4', '::ffff:1.2.3.4', '::FFFF:102:304'],
    ['fe80::1%eth0', 'fe80::2'],
  ]
  for (const group of same) expect(new Set(group.map(networkOf)).size, group.join(' ')).toBe(1)
  expect(new Set(same.map((group) => networkOf(group[0]!))).size).toBe(4)
  expect(networkOf('1.2.3.5')).not.toBe(networkOf('1.2.3.4'))
  expect(networkOf('this host')).toBe('this host')
})
