import { act, all, fresh, inPerson, isAllowed, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import type { Guard } from '../../platform/ways.ts'
import * as decisions from './decisions.ts'
import * as emergencies from './emergencies.ts'
import { asOf, explain } from './explain.ts'
import { reach, wide } from './reach.ts'
import { list } from './request-views.ts'
import * as requests from './requests.ts'

/** On a matter that one is responsible for, or over the firm; nobody's script decides. */
const decides: Guard = all(inPerson, (me) => (isAllowed(me, 'grant.oversee') ? undefined : may('grant.approve')(me)))
/** Of a matter within reach, or over the firm. */
const explains: Guard = (me) => (isAllowed(me, 'access.oversee') ? undefined : may('access.explain')(me))

export const routes: Route[] = [
  own('grant.request', may('grant.request'), requests.request),
  own('grant.break-glass', sensitive('grant.break-glass'), emergencies.breakGlass),
  look('grant.mine', may('grant.request'), requests.mine),
  look('grant.list', decides, list),
  own('grant.route', all(inPerson, may('grant.oversee')), decisions.route),
  own('grant.approve', all(decides, fresh), decisions.approve),
  act('grant.refuse', decides, 'grant.refused', decisions.refuseOne),
  own('grant.renew', decides, decisions.renew),
  look('grant.reviews', decides, emergencies.reviews),
  act('grant.review', all(decides, fresh), 'glass.reviewed', emergencies.review),
  look('access.explain', explains, explain),
  act('access.as-of', explains, 'access.explained', asOf),
  look('access.reach', explains, reach),
  look('access.wide', may('access.oversee'), wide),
]
