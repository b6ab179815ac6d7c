import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const web = join(import.meta.dirname, '../../web')
const styles = readdirSync(join(web, 'styles')).map((name) => readFileSync(join(web, 'styles', name), 'utf8'))
/** Set by the code of a page, or by pdf.js. */
const ELSEWHERE = ['--across', '--depth', '--total-scale-factor']

test('no style names a token that is not there: its whole line would be void, and nobody told', () => {
  const all = styles.join('\n')
  const named = new Set([...all.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name!))
  expect(named.size).toBeGreaterThan(40)
  expect([...named].filter((name) => !all.includes(`${name}:`) && !ELSEWHERE.includes(name))).toEqual([])
})
