import { Link, useNavigate } from 'react-router'
import { Cite } from '../../ui/cite.tsx'
import { When } from '../../ui/values.tsx'
import type { CheckView } from './api.ts'
import { shortNames } from './names.ts'
import { CAUSE, CheckState } from './words.tsx'

export function ChecksTable({ checks }: { checks: CheckView[] }) {
  const go = useNavigate()
  return (
    <table className="table checks">
      <thead>
        <tr>
          <th scope="col">Names</th>
          <th scope="col">Matter</th>
          <th scope="col">Occasion</th>
          <th scope="col">Asked by</th>
          <th scope="col">When</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {checks.map((check) => (
          <tr key={check.id} className="goes" onClick={() => void go(`/conflicts/${check.id}`)}>
            <th scope="row">
              <Link to={`/conflicts/${check.id}`} onClick={(event) => event.stopPropagation()}>
                {shortNames(check.names)}
              </Link>
            </th>
            <td className="of">{check.matter && <Cite>{check.matter.title}</Cite>}</td>
            <td className="dim cause">{CAUSE[check.cause]}</td>
            <td className="by">{check.askedBy ?? 'The register'}</td>
            <td className="dim at">
              <When at={check.at} />
            </td>
            <td className="stands">
              <CheckState of={check.state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
