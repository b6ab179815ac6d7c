import { Link } from 'react-router'
import { Cite } from '../../ui/cite.tsx'

type Props = { of: { id: string; number: string; title: string }; inReach: boolean }

/** A matter by name; a link for whoever reaches it. */
export const MatterLink = ({ of, inReach }: Props) => (
  <>
    {inReach ? (
      <Link to={`/matters/${of.id}`}>
        <Cite>{of.title}</Cite>
      </Link>
    ) : (
      <Cite>{of.title}</Cite>
    )}{' '}
    <span className="meta nowrap">{of.number}</span>
  </>
)
