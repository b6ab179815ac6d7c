import { Link } from 'react-router'
import type { SearchView } from '../../../src/contract/search.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Cite } from '../../ui/cite.tsx'
import { useMe } from '../session/api.ts'

/** Matters and people by that name, above the documents, with the way to what the ledger holds of them. */
export function AlsoFound({ matters, people }: Pick<SearchView, 'matters' | 'people'>) {
  const may = useMe().data?.may ?? []
  const mayPeople = may.includes('person.list')
  if (matters.length === 0 && people.length === 0) return null
  return (
    <dl className="alsofound">
      {matters.length > 0 && (
        <>
          <dt className="meta">{matters.length === 1 ? 'Matter' : 'Matters'}</dt>
          <dd>
            {matters.map(({ id, title, number, client }) => (
              <span key={id} className="also">
                <Link className="quiet" to={`/matters/${id}`}>
                  <Cite>{title}</Cite>
                </Link>
                <span className="meta">
                  {number}, {client.name}
                </span>
                {may.includes('entry.list') && (
                  <Link className="meta" to={`/matters/${id}/history`}>
                    History
                  </Link>
                )}
              </span>
            ))}
          </dd>
        </>
      )}
      {people.length > 0 && (
        <>
          <dt className="meta">{people.length === 1 ? 'Person' : 'People'}</dt>
          <dd>
            {people.map(({ id, name, email }) => (
              <span key={id} className="also">
                <Avatar name={name} />
                {mayPeople ? (
                  <Link className="quiet" to={`/people/${id}`}>
                    {name}
                  </Link>
                ) : (
                  <span>{name}</span>
                )}
                <span className="meta">{email}</span>
                {may.includes('ledger.read') && (
                  <Link className="meta" to={`/ledger?person=${id}`}>
                    In the ledger
                  </Link>
                )}
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  )
}
