import { act, all, inPerson, look, may, own, sensitive, fresh, type Route } from '../../platform/route.ts'
import { choose } from './choose.ts'
import * as confirmations from './confirmations.ts'
import * as memoranda from './memoranda.ts'
import { pack } from './pack-route.ts'
import { read } from './page.ts'
import * as papers from './papers.ts'
import { preview } from './preview.ts'
import { raise } from './raise.ts'
import { list } from './views.ts'

export const routes: Route[] = [
  look('wall.preview', may('wall.keep'), preview),
  act('wall.raise', sensitive('wall.keep'), 'wall.raised', raise),
  look('wall.list', may('wall.keep'), list),
  look('wall.read', may('wall.keep'), read),
  act('wall.lift', sensitive('wall.keep'), 'wall.asked', confirmations.lift),
  act('wall.note', may('wall.keep'), 'wall.noted', papers.note),
  // whoever is screened by an announced wall certifies for themselves, with no permission
  act('wall.certify', inPerson, 'wall.certified', papers.certify),
  own('wall.pack', all(may('wall.keep'), may('ledger.read')), pack),
  look('wall.memoranda', inPerson, memoranda.list),
  act('wall.acknowledge', inPerson, 'wall.acknowledged', memoranda.acknowledge),
  look('wall.register', may('register.read'), choose),
  look('confirmation.list', inPerson, confirmations.list),
  own('confirmation.decide', fresh, confirmations.decide),
]
