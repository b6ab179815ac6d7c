import {
  IconArrowsLeftRight,
  IconDoorEnter,
  IconFileAlert,
  IconFolder,
  IconKey,
  IconLink,
  IconLock,
  IconScale,
  IconSearch,
  IconSettings,
  IconShieldCheck,
  IconUserCheck,
  IconUsers,
  IconUserShield,
  IconWall,
} from '@tabler/icons-react'
import type { Me } from '../../src/contract/session.ts'

/** Whoever may be the second person, and whoever may ask for one. */
const APPROVALS = ['approval.give', 'person.invite', 'person.change', 'person.reset', 'wall.keep', 'matter.change', 'matter.destroy']

const WALLS = ['wall.keep', 'access.oversee', 'probe.run']
const REQUESTS = ['grant.request', 'grant.approve', 'grant.oversee', 'grant.break-glass']
const CONFLICTS = ['conflict.check', 'conflict.decide']

/** The sections of the rail in their groups. One that a person may not use is not there. `waiting`: how many acts wait there for this person. */
export const pagesFor = (me: Me) =>
  [
    { group: null, to: '/matters', name: 'Matters', icon: IconFolder, key: 'g m', needs: 'matter.list', waiting: 0 },
    { group: null, to: '/search', name: 'Search', icon: IconSearch, key: 'g s', needs: 'document.read', waiting: 0 },
    { group: 'Keeping', to: '/walls', name: 'Walls', icon: IconWall, key: 'g w', needs: WALLS, waiting: 0 },
    { group: 'Keeping', to: '/requests', name: 'Requests', icon: IconDoorEnter, key: 'g q', needs: REQUESTS, waiting: 0 },
    { group: 'Keeping', to: '/conflicts', name: 'Conflicts', icon: IconArrowsLeftRight, key: 'g c', needs: CONFLICTS, waiting: 0 },
    { group: 'Keeping', to: '/holds', name: 'Holds', icon: IconLock, key: 'g d', needs: ['hold.keep', 'matter.destroy'], waiting: 0 },
    { group: 'Keeping', to: '/ledger', name: 'Ledger', icon: IconLink, key: 'g l', needs: 'ledger.read', waiting: 0 },
    { group: 'Keeping', to: '/integrity', name: 'Integrity', icon: IconShieldCheck, key: 'g i', needs: 'integrity.keep', waiting: 0 },
    { group: 'Keeping', to: '/quarantine', name: 'Quarantine', icon: IconFileAlert, key: 'g u', needs: 'quarantine.release', waiting: 0 },
    { group: 'The firm', to: '/people', name: 'People', icon: IconUsers, key: 'g p', needs: 'person.list', waiting: 0 },
    { group: 'The firm', to: '/roles', name: 'Roles', icon: IconUserShield, key: 'g o', needs: 'role.list', waiting: 0 },
    { group: 'The firm', to: '/approvals', name: 'Approvals', icon: IconUserCheck, key: 'g v', needs: APPROVALS, waiting: me.waiting },
    { group: 'The firm', to: '/handling', name: 'Handling', icon: IconScale, key: 'g h', needs: 'matrix.read', waiting: 0 },
    { group: 'The firm', to: '/keys', name: 'Keys', icon: IconKey, key: 'g k', needs: 'key.rotate', waiting: 0 },
    { group: 'The firm', to: '/settings', name: 'Settings', icon: IconSettings, key: 'g e', needs: 'setting.read', waiting: 0 },
  ].filter((page) => [page.needs].flat().some((permission) => (me.may as string[]).includes(permission)))
