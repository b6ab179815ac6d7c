import type { MatterId, PersonId } from '../../contract/ids.ts'
import type { Here } from '../../platform/route.ts'
import { matterNames, namesIn } from '../walls/names.ts'

/** Names these people and matters as far as the reader may know them; a matter that they may not, or that is no more, by its id alone. */
export async function namer(here: Here, people: PersonId[], matters: MatterId[]) {
  const names = await namesIn(here, 'people', people)
  const cards = await matterNames(here, matters)
  return {
    person: (id: PersonId) => ({ id, name: names.get(id) ?? '' }),
    matter: (id: MatterId) => cards.get(id) ?? { id, number: '', title: '', client: '' },
  }
}
