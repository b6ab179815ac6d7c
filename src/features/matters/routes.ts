import { act, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import * as clients from './clients.ts'
import * as groups from './groups.ts'
import * as matters from './matters.ts'
import { read } from './page.ts'
import * as parties from './parties.ts'
import * as status from './status.ts'
import * as team from './team.ts'

export const routes: Route[] = [
  act('client.create', may('client.create'), 'client.created', clients.create),
  look('client.list', may('client.list'), clients.list),
  look('client.read', may('client.list'), clients.read),
  act('client.change', may('client.change'), 'client.changed', clients.change),
  act('client.merge', sensitive('client.merge'), 'client.merged', clients.merge),
  own('matter.create', may('matter.create'), matters.create),
  look('matter.list', may('matter.list'), matters.list),
  look('matter.read', may('matter.read'), read),
  act('matter.change', may('matter.change'), 'matter.changed', matters.change),
  act('matter.lower', sensitive('matter.change'), 'class.asked', status.lower),
  act('matter.open', may('matter.change'), 'matter.opened', status.open),
  act('matter.close', may('matter.change'), 'matter.closed', status.close),
  act('matter.reopen', may('matter.change'), 'matter.reopened', status.reopen),
  act('matter.openTo', may('matter.change'), 'matter.shared', groups.open),
  act('matter.closeTo', may('matter.change'), 'matter.unshared', groups.close),
  look('party.list', may('party.list'), parties.list),
  act('party.add', may('party.keep'), 'party.added', parties.add),
  act('party.change', may('party.keep'), 'party.changed', parties.change),
  act('party.remove', may('party.keep'), 'party.removed', parties.remove),
  act('team.join', may('team.join'), 'team.joined', team.join),
  act('team.change', may('team.join'), 'team.changed', team.change),
  act('team.leave', may('team.leave'), 'team.left', team.leave),
]
