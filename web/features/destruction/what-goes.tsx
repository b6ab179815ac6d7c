import type { DestructionId } from '../../../src/contract/ids.ts'
import { count, naturally } from '../../lib/format.ts'
import { Wrong } from '../../ui/fact.tsx'
import { useDestruction } from './api.ts'

const AT_ONCE = 10

/** What would be destroyed, by name, and on what basis: the second person decides it, and not a number. */
export function WhatGoes({ of }: { of: DestructionId }) {
  const { data, error } = useDestruction(of)
  if (error && !data) return <Wrong>What would be destroyed could not be read. Load the page again before you decide.</Wrong>
  if (!data) return null
  // whoever does not reach the matter is told how many, and no names
  const names = data.items.flatMap(({ id, name }) => (name ? [{ id, name }] : [])).toSorted((a, b) => naturally(a.name, b.name))
  return (
    <>
      {data.basis && <p className="meta">On the basis of: {data.basis}</p>}
      {names.length > 0 && <Names of={names.slice(0, AT_ONCE)} />}
      {names.length > AT_ONCE && (
        <details>
          <summary className="meta">and {count(names.length - AT_ONCE)} more</summary>
          <Names of={names.slice(AT_ONCE)} />
        </details>
      )}
    </>
  )
}

const Names = ({ of }: { of: { id: string; name: string }[] }) => (
  <ul className="points" aria-label="What would be destroyed">
    {of.map(({ id, name }) => (
      <li key={id}>{name}</li>
    ))}
  </ul>
)
