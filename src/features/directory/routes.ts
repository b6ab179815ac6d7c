import { Refusal } from '../../platform/refusal.ts'
import { all, fresh, look, may, own, signedIn, visit, type Route } from '../../platform/route.ts'
import type { Guard } from '../../platform/ways.ts'
import * as discovery from './scim-discovery.ts'
import * as groups from './scim-groups.ts'
import * as people from './scim-people.ts'
import * as sso from './sso.ts'
import { second } from './sso-second.ts'
import * as linking from './sso-link.ts'

/** A directory asks, by its access token: a browser's session would do here what asks for a fresh factor elsewhere. */
const directory: Guard = all(may('person.provision'), (me) => {
  if (me.kind !== 'token') throw new Refusal('scope.exceeded', { text: 'This is done by a directory, with an access token.' })
})

export const routes: Route[] = [
  visit('sso.begin', sso.begin),
  visit('sso.finish', sso.finish),
  visit('sso.second', second),
  own('sso.beginLink', all(signedIn, fresh), linking.begin),
  own('sso.link', all(signedIn, fresh), linking.link),
  own('sso.unlink', all(signedIn, fresh), linking.unlink),
  look('scim.config', directory, discovery.config),
  look('scim.types', directory, discovery.types),
  look('scim.type', directory, discovery.type),
  look('scim.schemas', directory, discovery.schemas),
  look('scim.schema', directory, discovery.schema),
  own('scim.userList', directory, people.list),
  own('scim.userCreate', directory, people.create),
  own('scim.userRead', directory, people.read),
  own('scim.userReplace', directory, people.replace),
  own('scim.userChange', directory, people.change),
  own('scim.userDelete', directory, people.remove),
  own('scim.groupList', directory, groups.list),
  own('scim.groupCreate', directory, groups.create),
  own('scim.groupRead', directory, groups.read),
  own('scim.groupReplace', directory, groups.replace),
  own('scim.groupChange', directory, groups.change),
  own('scim.groupDelete', directory, groups.remove),
]
