import { expect, test } from 'vitest'
import { some, readFirm } from '../../../test/outward/misdelivery/firm.ts'
import { readScenarios } from '../../../test/outward/misdelivery/scenarios.ts'
import { readAddress } from '../addresses/address.ts'
import { readAddresses } from '../addresses/address-list.ts'
import { Directory } from './directory.ts'
import { recognize, type Recognized } from './recognize.ts'

const firm = readFirm()
const asked = (raw: string, matter: string, blind: string[] = [], directory = firm.directory): Recognized =>
  recognize(some(readAddress(raw)), directory, {
    place: some(firm.matters.get(matter)),
    reaches: (id) => !blind.includes(id),
    screened: new Set(),
    excluded: new Set(),
  })
const likes = ({ recipient }: Recognized): string[] => recipient.alikes.map(({ why, known }) => `${why.how} ${known}`)

test('an address in other letters of case is the same recipient; a tag is not, but where the host says so', () => {
  expect(asked('Fay.MOORE@corvin.example', 'M-100').recipient).toMatchObject({
    id: 'fay',
    level: 'V3',
    address: 'fay.moore@corvin.example',
    alikes: [],
  })
  expect(asked('o.la.berg+x@googlemail.com', 'M-222').recipient).toMatchObject({ id: 'gplus', level: 'V2', alikes: [] })
  const tagged = asked('nina.wolfe+x@wolfemaritime.example', 'M-220')
  expect(tagged.recipient).toMatchObject({ id: null, level: 'V0' })
  expect(likes(tagged)).toEqual(['same-mailbox nina.wolfe+harbour@wolfemaritime.example'])
})

test('two behind one address: who stands on this matter comes first, the other is named', () => {
  expect(asked('ops@harbourline.example', 'M-220').recipient).toMatchObject({ id: 'ops', alsoOf: ['Irene Pappas'] })
})

test('likeness by name counts on this matter and with this client, not elsewhere', () => {
  expect(likes(asked('fay.moss@newfirm.example', 'M-100'))).toEqual(['same-name fmoss@deltalaw.example'])
  expect(likes(asked('fay.moss@newfirm.example', 'M-300'))).toEqual([])
  expect(likes(asked('fay.moore@c0rvin.example', 'M-300'))).toEqual(['homoglyph fay.moore@corvin.example'])
})

test('whoever stands on nothing in reach is a stranger, and what speaks against him is hidden', () => {
  const seen = asked('fmoss@deltalaw.example', 'M-101')
  expect(seen).toMatchObject({ recipient: { id: 'fmoss' }, isHidden: false })
  const unseen = asked('fmoss@deltalaw.example', 'M-101', ['M-100'])
  expect(unseen).toMatchObject({ recipient: { id: null, name: '', level: 'V0', newness: { isKnownRegistrable: false } }, isHidden: true })
  // what only looks like an address that is out of reach says nothing, and is looked at
  expect(asked('fmoss@delta1aw.example', 'M-101', ['M-100'])).toMatchObject({ recipient: { alikes: [] }, isHidden: true })
  // a stranger is just that
  expect(asked('ada@nobody-knows.example', 'M-101', ['M-100'])).toMatchObject({ isHidden: false })
})

test('nothing of a recipient tells what is out of reach: it is as if that were not there', () => {
  const matters = [...firm.matters.keys()]
  const typed = (['tuned', 'held-out'] as const).flatMap(readScenarios).flatMap(({ to, matter }) =>
    readAddresses(to).read.map(({ address }) => ({
      raw: `${address.display ? `"${address.display}" ` : ''}<${address.local}@${address.domain}>`,
      matter,
    })),
  )
  for (let round = 0; round < 6; round += 1) {
    const blind = matters.filter((_, at) => (at * 7 + round * 3) % 6 === 0)
    const directory = new Directory()
    for (const held of firm.helds) {
      const standings = held.standings.filter(({ place }) => !blind.includes(place.matter))
      if (standings.length > 0) directory.put({ ...held, standings })
    }
    for (const { raw, matter } of typed.filter((one) => !blind.includes(one.matter)))
      if (!asked(raw, matter, blind).isHidden)
        expect(asked(raw, matter, blind).recipient, raw).toEqual(asked(raw, matter, blind, directory).recipient)
  }
})

test('what is put anew replaces what was there, and what is removed is gone', () => {
  const directory = new Directory()
  const fay = some(firm.directory.atMailbox(some(readAddress('fay.moore@corvin.example')))[0])
  directory.put(fay)
  directory.put({ ...fay, level: 'V1' })
  expect(asked('fay.moore@corvin.example', 'M-100', [], directory).recipient.level).toBe('V1')
  expect(directory.addresses.size).toBe(1)
  directory.remove(fay)
  expect(asked('fay.moore@corvin.example', 'M-100', [], directory).recipient).toMatchObject({ id: null, newness: { isKnownDomain: false } })
  expect(directory.addresses.size).toBe(0)
})
