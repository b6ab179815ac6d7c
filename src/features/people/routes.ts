import { act, all, inPerson, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import { change } from './change.ts'
import { edit } from './edit.ts'
import * as handovers from './handovers.ts'
import { leave, stay } from './leaving.ts'
import * as people from './people.ts'
import { reset } from './renewals.ts'
import { endSessions, takeBack } from './return.ts'

export const routes: Route[] = [
  look('person.list', may('person.list'), people.list),
  look('person.read', may('person.list'), people.read),
  own('person.invite', sensitive('person.invite'), people.invite),
  own('person.inviteAgain', sensitive('person.invite'), people.inviteAgain),
  own('person.edit', sensitive('person.change'), edit),
  act('person.change', sensitive('person.change'), 'person.changed', change),
  own('person.reset', sensitive('person.reset'), reset),
  // what is stolen is stopped at once: without a fresh factor
  act('person.endSessions', all(may('person.reset'), inPerson), 'session.revoked', endSessions),
  own('person.leave', sensitive('person.leave'), leave),
  act('person.stay', sensitive('person.leave'), 'person.stayed', stay),
  own('person.return', sensitive('person.leave'), takeBack),
  look('handover.list', may('matter.list'), handovers.list),
  act('handover.take', may('team.join'), 'handover.taken', handovers.take),
]
