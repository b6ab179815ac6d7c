import { act, fresh, inPerson, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import * as approvals from './approvals.ts'
import * as groups from './groups.ts'
import * as roles from './roles.ts'

export const routes: Route[] = [
  look('role.list', may('role.list'), roles.list),
  act('role.create', sensitive('role.change'), 'role.created', roles.create),
  act('role.change', sensitive('role.change'), 'role.changed', roles.change),
  act('role.retire', sensitive('role.change'), 'role.retired', roles.retire),
  // whoever asked, whoever it is about, and who may decide: PostgreSQL says which (select_concerned)
  look('approval.list', inPerson, approvals.list),
  // the one it is about may always refuse; who may approve is asked in the act
  own('approval.decide', fresh, approvals.decide),
  act('approval.withdraw', inPerson, 'approval.withdrawn', approvals.withdraw),
  look('group.list', may('role.list'), groups.list),
  act('group.create', sensitive('group.change'), 'group.created', groups.create),
  act('group.change', sensitive('group.change'), 'group.changed', groups.change),
]
