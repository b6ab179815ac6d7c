import { expect, test } from 'vitest'
import { browserOf } from './browser.ts'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
const IPHONE_AS_DESKTOP =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15'
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'
const ANDROID_AS_DESKTOP = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const EDGE = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

test.each([
  [IPHONE, 'Safari on iPhone'],
  [ANDROID, 'Chrome on Android'],
  [EDGE, 'Edge on Windows'],
  [FIREFOX, 'Firefox on Windows'],
  ['curl/8.0', 'A program'],
  [undefined, 'A program'],
  ['x'.repeat(100_000), 'A program'],
])('%s is told in words, and nothing of it is shown as it came', (agent, words) => {
  expect(browserOf(agent).words).toBe(words)
})

test('a new version, and a phone that asks for the desktop’s page, are the same kind; another family or system is another', () => {
  const kind = (agent: string) => browserOf(agent).kind
  expect(kind(FIREFOX.replaceAll('140', '141'))).toBe(kind(FIREFOX))
  expect(kind(IPHONE_AS_DESKTOP)).toBe(kind(IPHONE))
  expect(kind(ANDROID_AS_DESKTOP)).toBe(kind(ANDROID))
  expect(new Set([IPHONE, ANDROID, EDGE, FIREFOX].map(kind)).size).toBe(4)
})
