import { IconFolder, IconLink, IconSettings, IconUserCheck, IconUsers, IconUserShield } from '@tabler/icons-react'
import type { Me } from '../../src/contract/session.ts'

/** Whoever may be the second person, and whoever may ask for one. */
const APPROVALS = ['approval.give', 'person.invite', 'person.change', 'person.reset']

/** The sections of the rail in their groups. One that a person may not use is not there. `waiting`: how many acts wait there for this person. */
export const pagesFor = (me: Me) =>
  [
    { group: null, to: '/matters', name: 'Matters', icon: IconFolder, key: 'g m', needs: 'matter.list', waiting: 0 },
    { group: 'Keeping', to: '/ledger', name: 'Ledger', icon: IconLink, key: 'g l', needs: 'ledger.read', waiting: 0 },
    { group: 'The firm', to: '/people', name: 'People', icon: IconUsers, key: 'g p', needs: 'person.list', waiting: 0 },
    { group: 'The firm', to: '/roles', name: 'Roles', icon: IconUserShield, key: 'g o', needs: 'role.list', waiting: 0 },
    { group: 'The firm', to: '/approvals', name: 'Approvals', icon: IconUserCheck, key: 'g v', needs: APPROVALS, waiting: me.waiting },
    { group: 'The firm', to: '/settings', name: 'Settings', icon: IconSettings, key: 'g e', needs: 'setting.read', waiting: 0 },
  ].filter((page) => [page.needs].flat().some((permission) => (me.may as string[]).includes(permission)))
