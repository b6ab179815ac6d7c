import { act, look, may, type Route } from '../../platform/route.ts'
import * as clients from './clients.ts'
import * as matters from './matters.ts'
import * as team from './team.ts'

export const routes: Route[] = [
  act('client.create', may('client.create'), 'client.created', clients.create),
  look('client.list', may('client.list'), clients.list),
  act('matter.create', may('matter.create'), 'matter.created', matters.create),
  look('matter.list', may('matter.list'), matters.list),
  look('matter.read', may('matter.read'), matters.read),
  act('team.join', may('team.join'), 'team.joined', team.join),
  act('team.leave', may('team.leave'), 'team.left', team.leave),
]
