import { IconFolder, IconLink, IconUsers } from '@tabler/icons-react'
import type { Me } from '../../src/contract/person.ts'

/** The sections of the rail. One that a person may not use is not there. */
export const pagesFor = (me: Me) =>
  [
    { group: null, to: '/matters', name: 'Matters', icon: IconFolder, key: 'g m', needs: 'matter.list' },
    { group: 'Keeping', to: '/ledger', name: 'Ledger', icon: IconLink, key: 'g l', needs: 'ledger.read' },
    { group: 'The firm', to: '/people', name: 'People', icon: IconUsers, key: 'g p', needs: 'person.list' },
  ].filter((page) => (me.may as string[]).includes(page.needs))
