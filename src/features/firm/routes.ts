import { visit, type Route } from '../../platform/route.ts'
import { accept, read } from './invitation.ts'
import { beginSetup, finish, firmState } from './setup.ts'

export const routes: Route[] = [
  visit('firm.state', async ({ house }) => ({ answer: await firmState(house) })),
  visit('setup.enrol', beginSetup),
  visit('setup.finish', finish),
  visit('invitation.read', read),
  visit('invitation.accept', accept),
]
