import { visit, type Route } from '../../platform/route.ts'
import { acceptInvitation, enrol, finish, firmState, readInvitation } from './setup.ts'

export const routes: Route[] = [
  visit('firm.state', async ({ house }) => ({ answer: await firmState(house) })),
  visit('setup.enrol', enrol),
  visit('setup.finish', finish),
  visit('invitation.read', readInvitation),
  visit('invitation.accept', acceptInvitation),
]
