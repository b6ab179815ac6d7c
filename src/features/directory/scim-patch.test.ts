import { describe, expect, test } from 'vitest'
import { PATCH } from '../../contract/scim.ts'
import { GROUPS, readResource, USERS, type Definition, type Fields } from './scim-attributes.ts'
import { patched } from './scim-patch.ts'

const BEN: Fields = {
  id: 'ben',
  userName: 'ben@wren.example',
  displayName: 'Ben Okafor',
  name: { givenName: 'Ben', familyName: 'Okafor' },
  emails: [{ value: 'ben@wren.example', type: 'work', primary: true }],
  active: true,
  meta: { resourceType: 'User' },
}
const GROUP: Fields = { id: 'g', displayName: 'Lawyers', members: [{ value: 'a' }, { value: 'b' }], meta: { resourceType: 'Group' } }
const apply = (definition: Definition, fields: Fields, ...Operations: unknown[]): Fields =>
  patched(definition, fields, { schemas: [PATCH], Operations })
const user = (...operations: unknown[]): Fields => apply(USERS, BEN, ...operations)
const members = (...operations: unknown[]): unknown =>
  (apply(GROUPS, GROUP, ...operations).members as Fields[] | undefined)?.map(({ value }) => value)
const refused = (...operations: unknown[]): string => {
  try {
    user(...operations)
  } catch (fault) {
    return (fault as { code: string }).code
  }
  return 'taken'
}

describe('a patch of a person', () => {
  test('changes what it names and leaves the rest, and what was given', () => {
    const before = structuredClone(BEN)
    expect(user({ op: 'replace', path: 'displayName', value: 'Benedict Okafor' })).toEqual({ ...BEN, displayName: 'Benedict Okafor' })
    expect(user({ op: 'Replace', path: 'NAME.familyname', value: 'Oka' })).toEqual({
      ...BEN,
      name: { givenName: 'Ben', familyName: 'Oka' },
    })
    expect(user({ op: 'replace', path: 'name', value: { familyName: 'Oka' } }).name).toEqual({ givenName: 'Ben', familyName: 'Oka' })
    expect(user({ op: 'remove', path: 'name.familyName' }).name).toEqual({ givenName: 'Ben' })
    expect(user({ op: 'remove', path: 'name' }).name).toBeUndefined()
    expect(user({ op: 'add', path: 'externalId', value: 'x' }).externalId).toBe('x')
    expect(user({ op: 'replace', path: 'displayName', value: null }).displayName).toBeUndefined()
    expect(BEN).toEqual(before)
  })

  test('in Entra ID’s ways', () => {
    expect(user({ op: 'Replace', path: 'active', value: 'False' }).active).toBe(false)
    expect(user({ op: 'Add', path: 'emails[type eq "work"].value', value: 'b@wren.example' }).emails).toEqual([
      { value: 'b@wren.example', type: 'work', primary: true },
    ])
    expect(user({ op: 'Add', path: 'emails[type eq "home"].value', value: 'b@home.example' }).emails).toEqual([
      { value: 'ben@wren.example', type: 'work', primary: true },
      { type: 'home', value: 'b@home.example' },
    ])
    expect(user({ op: 'Replace', value: { 'name.familyName': 'Oka', 'active': false, 'title': 'Associate' } })).toEqual({
      ...BEN,
      name: { givenName: 'Ben', familyName: 'Oka' },
      active: false,
    })
    expect(
      user(
        { op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', value: 'x' },
        { op: 'Add', path: 'roles', value: [{ value: 'partner' }] },
      ),
    ).toEqual(BEN)
  })

  test('in Okta’s ways', () => {
    expect(user({ op: 'replace', value: { active: false } })).toEqual({ ...BEN, active: false })
    expect(user({ op: 'replace', value: { id: 'ben', schemas: [], displayName: 'B' } }).displayName).toBe('B')
  })

  test('a new primary address takes the place of the one before', () => {
    expect(user({ op: 'add', path: 'emails', value: [{ value: 'c@wren.example', primary: true }] }).emails).toEqual([
      { value: 'ben@wren.example', type: 'work', primary: false },
      { value: 'c@wren.example', primary: true },
    ])
  })

  test.each([
    ['scim.mutability', { op: 'replace', path: 'id', value: 'x' }],
    ['scim.mutability', { op: 'replace', value: { id: 'another' } }],
    ['scim.mutability', { op: 'remove', path: 'meta.created' }],
    ['scim.value', { op: 'remove', path: 'userName' }],
    ['scim.value', { op: 'replace', path: 'userName', value: null }],
    ['scim.value', { op: 'replace', path: 'active', value: 'perhaps' }],
    ['scim.value', { op: 'replace', path: 'active', value: [true] }],
    ['scim.value', { op: 'replace', path: 'displayName', value: { a: 1 } }],
    ['scim.value', { op: 'replace', path: 'displayName', value: 'x'.repeat(1001) }],
    ['scim.value', { op: 'replace', path: 'displayName', value: '\ud800' }],
    ['scim.value', { op: 'replace', path: 'name', value: 'Ben' }],
    ['scim.value', { op: 'add', path: 'displayName' }],
    ['scim.value', { op: 'replace', value: 'x' }],
    ['scim.value', { op: 'replace', value: [1] }],
    [
      'scim.value',
      {
        op: 'replace',
        path: 'emails',
        value: [
          { value: 'a@x', primary: true },
          { value: 'b@x', primary: true },
        ],
      },
    ],
    ['scim.target', { op: 'replace', path: 'emails[type eq "home"].value', value: 'x@y' }],
    ['scim.target', { op: 'remove' }],
    ['scim.path', { op: 'replace', path: 'nothing', value: 1 }],
    ['scim.path', { op: 'replace', path: 7, value: 1 }],
    ['scim.path', { op: 'replace', value: { nothing: 1 } }],
    ['scim.filter', { op: 'replace', path: 'emails[type eq].value', value: 1 }],
    ['scim.syntax', { op: 'move', path: 'displayName', value: 1 }],
    ['scim.syntax', { path: 'displayName', value: 1 }],
    ['scim.syntax', 'replace'],
    ['scim.syntax', null],
  ])('is refused with %s: %j', (code, operation) => {
    expect(refused(operation)).toBe(code)
  })

  test('reaches no prototype by any path, name or value', () => {
    const evil = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"givenName":"G"}') as object
    for (const path of [
      '__proto__',
      'constructor',
      'constructor.prototype',
      'name.__proto__',
      'name.constructor',
      '__proto__.polluted',
      'emails.__proto__',
    ])
      expect(refused({ op: 'add', path, value: { polluted: true } }), path).toBe('scim.path')
    for (const path of ['emails[__proto__ eq "x"]', 'emails[constructor pr].value'])
      expect(refused({ op: 'add', path, value: 'x' }), path).toBe('scim.filter')
    expect(user({ op: 'add', path: 'name', value: evil }).name).toEqual({ givenName: 'G', familyName: 'Okafor' })
    expect(refused({ op: 'add', value: evil })).toBe('scim.path')
    expect(Object.keys(readResource(USERS, { ...evil, schemas: [USERS.id], userName: 'x' }))).toEqual(['userName'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('is all or nothing, and bounded', () => {
    const many = Array.from({ length: 1001 }, () => ({ op: 'replace', path: 'active', value: true }))
    expect(refused(...many)).toBe('scim.many')
    expect(refused(...many.slice(1))).toBe('taken')
    expect(() => patched(USERS, BEN, { schemas: [PATCH], Operations: [] })).toThrow(expect.objectContaining({ code: 'scim.syntax' }))
    expect(() => patched(USERS, BEN, { schemas: [USERS.id], Operations: many })).toThrow(expect.objectContaining({ code: 'scim.syntax' }))
    expect(() => patched(USERS, BEN, { Operations: many })).toThrow(expect.objectContaining({ code: 'scim.syntax' }))
  })
})

describe('a patch of a group', () => {
  test('adds, takes and replaces members', () => {
    expect(members({ op: 'add', path: 'members', value: [{ value: 'c' }, { value: 'a' }] })).toEqual(['a', 'b', 'c'])
    expect(members({ op: 'add', path: 'members', value: { value: 'c' } })).toEqual(['a', 'b', 'c'])
    expect(members({ op: 'Add', value: { members: [{ value: 'c' }] } })).toEqual(['a', 'b', 'c'])
    expect(members({ op: 'remove', path: 'members[value eq "a"]' })).toEqual(['b'])
    expect(members({ op: 'remove', path: 'members[value eq "nobody"]' })).toEqual(['a', 'b'])
    expect(members({ op: 'Remove', path: 'members', value: [{ value: 'b' }] })).toEqual(['a'])
    expect(members({ op: 'remove', path: 'members' })).toBeUndefined()
    expect(members({ op: 'replace', path: 'members', value: [{ value: 'd' }] })).toEqual(['d'])
    expect(members({ op: 'replace', path: 'members', value: [] })).toBeUndefined()
    expect(members({ op: 'remove', path: 'members[value eq "a"]' }, { op: 'add', path: 'members', value: [{ value: 'e' }] })).toEqual([
      'b',
      'e',
    ])
  })

  test('a value is a value and no filter', () => {
    expect(members({ op: 'remove', path: 'members', value: [{ value: 'x" or value pr or value eq "' }] })).toEqual(['a', 'b'])
  })
})

describe('a resource that is written whole', () => {
  test('keeps what is kept, whatever the case of names, and drops the rest', () => {
    const body = {
      Schemas: [USERS.id.toUpperCase()],
      USERNAME: 'a@b.example',
      Id: 'mine',
      meta: {},
      title: 'x',
      password: 'p',
      unheard: 1,
      name: { GivenName: 'A', middleName: 'M' },
      active: 'true',
    }
    expect(readResource(USERS, body)).toEqual({ userName: 'a@b.example', name: { givenName: 'A' }, active: true })
  })
  test.each([
    ['scim.syntax', { userName: 'a' }],
    ['scim.syntax', { schemas: 'x', userName: 'a' }],
    ['scim.syntax', { schemas: [GROUPS.id], userName: 'a' }],
    ['scim.syntax', { schemas: [USERS.id], userName: 'a', UserName: 'b' }],
    ['scim.value', { schemas: [USERS.id] }],
    ['scim.value', { schemas: [USERS.id], userName: '' }],
    ['scim.value', { schemas: [USERS.id], userName: ['a'] }],
    ['scim.value', { schemas: [USERS.id], userName: 'a', emails: [7] }],
  ])('is refused with %s: %j', (code, body) => {
    expect(() => readResource(USERS, body)).toThrow(expect.objectContaining({ code }))
  })
})
