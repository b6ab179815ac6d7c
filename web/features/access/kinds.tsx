import type { Permission } from '../../../src/contract/roles.ts'
import type { Answer } from '../../lib/ask.ts'

export type Offered = Answer<'role.list'>['permissions'][number]

export const KINDS: Record<Offered['kind'], string> = {
  any: 'Everyday',
  work: 'Work on matters',
  oversight: 'Oversight',
  system: 'Running the system',
}

/** The permissions by kind, in the order of `KINDS`; kinds without one are left out. */
export const byKind = (permissions: readonly Offered[]) =>
  (Object.keys(KINDS) as Offered['kind'][])
    .map((kind) => ({ kind, its: permissions.filter((permission) => permission.kind === kind) }))
    .filter(({ its }) => its.length > 0)

/** What a role may do, as sentences under the names of their kinds. */
export function Sentences({ of, permissions }: { of: readonly Permission[]; permissions: readonly Offered[] }) {
  return (
    <div className="kinds">
      {byKind(permissions.filter((permission) => of.includes(permission.id))).map(({ kind, its }) => (
        <div key={kind}>
          <h3 className="meta">{KINDS[kind]}</h3>
          <ul>
            {its.map((permission) => (
              <li key={permission.id}>{permission.words}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
