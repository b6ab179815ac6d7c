import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GROUPS, USERS, type Fields } from './scim-attributes.ts'
import { readFilter, readPath } from './scim-filter.ts'
import { isMatch } from './scim-match.ts'

const ADA: Fields = {
  id: '0198c0de-0000-7000-8000-000000000001',
  externalId: 'Ext-1',
  userName: 'ada@wren.example',
  displayName: 'Ada "the first" Wren',
  name: { givenName: 'Ada', familyName: 'Wren' },
  emails: [
    { value: 'ada@wren.example', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
  active: true,
  meta: { resourceType: 'User', created: '2026-01-02T03:04:05.000Z', lastModified: '2026-02-03T04:05:06.000Z' },
}
const fits = (filter: string): boolean => isMatch(readFilter(USERS, filter), ADA)

describe('a filter fits', () => {
  test.each([
    ['userName eq "ADA@Wren.example"', true],
    ['USERNAME EQ "ada@wren.example"', true],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada@wren.example"', true],
    ['userName eq "ada"', false],
    ['userName ne "ada"', true],
    ['externalId eq "Ext-1"', true],
    ['externalId eq "ext-1"', false],
    ['displayName eq "ada \\"The First\\" wren"', true],
    ['displayName co "first"', true],
    ['displayName sw "ada"', true],
    ['displayName ew "wren"', true],
    ['name.familyName eq "wren"', true],
    ['name.formatted pr', false],
    ['name pr', true],
    ['active eq true', true],
    ['active eq "True"', true],
    ['active ne true', false],
    ['active eq false', false],
    ['emails eq "ada@home.example"', true],
    ['emails.value eq "ada@home.example"', true],
    ['emails.type eq "other"', false],
    ['emails[type eq "work" and value eq "ada@wren.example"]', true],
    ['emails[type eq "work" and value eq "ada@home.example"]', false],
    ['emails[type eq "work"].value eq "ada@wren.example"', true],
    ['emails[type eq "work"].value eq "ada@home.example"', false],
    ['emails[type eq "work"] and active eq false', false],
    ['emails[not (type eq "work")].value sw "ada@home"', true],
    ['title pr', false],
    ['not (title pr)', true],
    ['title eq "partner"', false],
    ['phoneNumbers[type eq "work"].value pr', false],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "x"', false],
    ['externalId eq null', false],
    ['name.formatted eq null', true],
    ['meta.created gt "2026-01-01T00:00:00Z"', true],
    ['meta.created ge "2026-01-02T05:04:05+02:00"', true],
    ['meta.lastModified lt "2026-01-01T00:00:00Z"', false],
    ['userName gt "a" and userName lt "b"', true],
    // and binds closer than or
    ['active eq true or active eq false and active eq false', true],
    ['(active eq true or active eq false) and active eq false', false],
    ['not (active eq true) or userName pr', true],
    ['NOT (active eq true AND userName pr)', false],
  ])('%s: %s', (filter, wanted) => {
    expect(fits(filter)).toBe(wanted)
  })

  test('members of a group, by id', () => {
    const group: Fields = { displayName: 'Lawyers', members: [{ value: 'A' }, { value: 'b' }] }
    expect(isMatch(readFilter(GROUPS, 'members eq "b"'), group)).toBe(true)
    expect(isMatch(readFilter(GROUPS, 'members[value eq "a"]'), group)).toBe(false)
  })
})

describe('is refused as a filter', () => {
  test.each([
    '',
    ' ',
    'userName',
    'userName eq',
    'userName eq ada',
    'userName zz "ada"',
    'userName eq "ada',
    'userName eq "ada" and',
    'userName eq "ada" userName eq "ada"',
    'and',
    'not userName pr',
    '(userName pr',
    'userName pr)',
    'emails[type eq "work"',
    'emails[type eq "work"].nothing eq "x"',
    'emails[nothing eq "work"]',
    'userName[type eq "work"]',
    'name[givenName eq "x"]',
    'nothing eq "x"',
    'name eq "x"',
    'name.nothing pr',
    'userName.value eq "x"',
    'constructor pr',
    '__proto__ pr',
    'constructor.prototype pr',
    'urn:ietf:params:scim:schemas:core:2.0:User pr',
    'active gt true',
    'active eq "yes"',
    'active eq 1',
    'userName eq 5',
    'userName eq true',
    'userName co null',
    'meta.created gt "yesterday"',
    'meta.created co "2026-01-01T00:00:00Z"',
    'userName eq "\\x"',
    'userName eq "a\u0000b"',
    '"ada" eq userName',
    '$filter=1',
    `${'('.repeat(9)}active eq true${')'.repeat(9)}`,
    `userName eq "${'a'.repeat(1000)}"`,
  ])('%s', (filter) => {
    expect(() => readFilter(USERS, filter)).toThrow(expect.objectContaining({ code: 'scim.filter' }))
  })

  test('but not when it is nested eight deep', () => {
    expect(fits(`${'('.repeat(8)}active eq true${')'.repeat(8)}`)).toBe(true)
  })

  test('whatever it is: read, or refused, and never anything else', () => {
    const piece = fc.constantFrom(
      ...'userName|emails|name.givenName|eq|pr|and|or|not|(|)|[|]|"x"|true|null|5|.|-|.value|\\|"| |$|é|\u202e'.split('|'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (pieces, isSpaced) => {
        const text = pieces.join(isSpaced ? ' ' : '')
        try {
          isMatch(readFilter(USERS, text), ADA)
        } catch (fault) {
          expect(fault).toMatchObject({ code: 'scim.filter' })
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('what a filter is made of and how it is written say the same', () => {
    const leaf = fc.constantFrom<[string, boolean]>(
      ['active eq true', true],
      ['userName eq "x"', false],
      ['title pr', false],
      ['name pr', true],
    )
    const { filter } = fc.letrec<{ filter: [string, boolean] }>((tie) => ({
      filter: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.tuple(tie('filter'), tie('filter')).map(([a, b]): [string, boolean] => [`(${a[0]}) and (${b[0]})`, a[1] && b[1]]),
        fc.tuple(tie('filter'), tie('filter')).map(([a, b]): [string, boolean] => [`(${a[0]}) or (${b[0]})`, a[1] || b[1]]),
        tie('filter').map(([a, is]): [string, boolean] => [`not (${a})`, !is]),
      ),
    }))
    fc.assert(
      fc.property(filter, ([text, wanted]) => {
        fc.pre(text.length <= 1000)
        expect(fits(text)).toBe(wanted)
      }),
    )
  })
})

describe('a path', () => {
  test('names an attribute, a part, or chosen values', () => {
    expect(readPath(USERS, 'username')).toMatchObject({ attribute: { name: 'userName' }, filter: null, sub: null })
    expect(readPath(USERS, 'name.FamilyName')).toMatchObject({ attribute: { name: 'name' }, sub: { name: 'familyName' } })
    expect(readPath(USERS, 'emails[type eq "work"].value')).toMatchObject({
      attribute: { name: 'emails' },
      filter: { kind: 'compare' },
      sub: { name: 'value' },
    })
    expect(readPath(USERS, 'urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq "work"]')).toMatchObject({ sub: null })
    for (const unkept of [
      'title',
      'roles',
      'phoneNumbers[type eq "work"].value',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager',
    ])
      expect(readPath(USERS, unkept), unkept).toBeNull()
  })

  test.each([
    '',
    'nothing',
    '__proto__',
    'constructor.prototype',
    'name.__proto__',
    'members',
    'userName[a eq "b"]',
    'name[givenName eq "x"]',
    'emails[type eq "work"].nothing',
  ])('that there is not is refused: %s', (path) => {
    expect(() => readPath(USERS, path)).toThrow(expect.objectContaining({ code: 'scim.path' }))
  })
  test.each(['emails[', 'emails[]', 'emails[type eq "work"]x', 'emails[type eq "work"].value.more', 'emails[type eq "work"'])(
    'that is broken is refused: %s',
    (path) => {
      expect(() => readPath(USERS, path)).toThrow(expect.objectContaining({ status: 400 }))
    },
  )
})
