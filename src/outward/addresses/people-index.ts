import { compare, type Asked, type Mailbox, type Person } from './mailbox.ts'
import { beginningOf, keyOf, keysOf, sameName, type Name } from './names.ts'
import { post, unpost } from './postings.ts'
import { rankOf, type Why } from './why.ts'

/** Names that more mailboxes share say nothing of this one: by initial and surname, and by how they begin. */
const MOST_BY_INITIAL = 8
const MOST_BEGINNING = 3
const MOST_LOOKED_AT = 50
/** Of a name that hundreds have, so many are told. */
const MOST_OF_NAME = 10
/** Under so many letters a name at a free mail host is anyone's. */
const SHORTEST_FREE = 6

/** The persons that are known, by the beginnings of their names. */
export class PeopleIndex {
  readonly #byName = new Map<string, Person[]>()
  readonly #byBeginning = new Map<string, Person[]>()

  add(person: Person): void {
    post(this.#byName, keyOf(person.name), person)
    if (!person.isShown) post(this.#byBeginning, beginningOf(person.name), person)
  }

  remove(person: Person): void {
    unpost(this.#byName, keyOf(person.name), person)
    if (!person.isShown) unpost(this.#byBeginning, beginningOf(person.name), person)
  }

  /** Mailboxes at other registered domains that are the asked one's by name, each with the gravest reason. `isAlone`: nothing else is alike. */
  alikes(asked: Asked, isKnown: boolean, isAlone: boolean): Map<Mailbox, Why> {
    const found = new Map<Mailbox, Why>()
    const put = (people: Person[], whyOf: (person: Person) => Why): void => {
      for (const person of people) {
        const before = found.get(person.mailbox)
        const why = whyOf(person)
        if (!before || rankOf(why) < rankOf(before)) found.set(person.mailbox, why)
      }
    }
    const { name, shownName } = asked
    if (name) {
      const { whole, initial } = this.#same(name, asked)
      const how = asked.isFreeMail && !isKnown && asked.local.length >= SHORTEST_FREE ? 'free-mail-name' : 'same-name'
      put(whole, () => ({ how, by: 'name' }))
      if (mailboxesOf(initial) <= MOST_BY_INITIAL) put(initial, () => ({ how, by: 'initial' }))
      if (isAlone && found.size === 0) put(this.#beginningAlike(name, asked), () => ({ how: 'begins-alike' }))
    }
    // a name that the address itself does not say
    if (shownName && (!name || !sameName(name, shownName)))
      put(
        this.#same(shownName, asked).whole.filter(
          ({ mailbox }) => !isKnown || !mailbox.people.some((one) => name && sameName(name, one.name)),
        ),
        () => ({ how: 'display-name' }),
      )
    return found
  }

  #same(name: Name, asked: Asked): { whole: Person[]; initial: Person[] } {
    const [whole, initial]: [Person[], Person[]] = [[], []]
    for (const key of keysOf(name))
      for (const person of this.#byName.get(key) ?? []) {
        const same = isElsewhere(person, asked) ? sameName(name, person.name) : null
        if (same) (same === 'name' ? whole : initial).push(person)
      }
    return { whole: nearest(whole, asked), initial }
  }

  /** Few share a beginning that says something; of two glued names no more is known than their letters. */
  #beginningAlike(name: Name, asked: Asked): Person[] {
    const begun = this.#byBeginning.get(beginningOf(name)) ?? []
    if (begun.length > MOST_LOOKED_AT) return []
    const people = begun.filter((person) => isElsewhere(person, asked) && (!name.isGlued || !person.name.isGlued))
    return mailboxesOf(people) <= MOST_BEGINNING && !/[0-9]/.test(asked.local) ? people : []
  }
}

const isElsewhere = ({ mailbox }: Person, { domain }: Asked): boolean => mailbox.site.domain !== domain
const mailboxesOf = (people: Person[]): number => new Set(people.map(({ mailbox }) => mailbox)).size

/** Those with the same local part first. */
const nearest = (people: Person[], { local }: Asked): Person[] =>
  people.length <= MOST_OF_NAME
    ? people
    : people
        .toSorted(
          ({ mailbox: one }, { mailbox: other }) =>
            Number(other.local === local) - Number(one.local === local) || compare(one.key, other.key),
        )
        .slice(0, MOST_OF_NAME)
