import { initials } from '../lib/format.ts'

export const Avatar = ({ name }: { name: string }) => (
  <span className="av" aria-hidden="true">
    {initials(name)}
  </span>
)
