import { IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import { line } from './icons.ts'

const KINDS = { plain: IconInfoCircle, refuse: IconCircleX } as const

/** A sentence beside what it concerns; `refuse` for what was not or is not done. */
export function Fact({ kind = 'plain', title, children }: { kind?: keyof typeof KINDS; title?: string; children: React.ReactNode }) {
  const Icon = KINDS[kind]
  return (
    <div className={`fact ${kind}`} role={kind === 'refuse' ? 'alert' : undefined}>
      <Icon {...line} />
      <div>
        {title && <h3>{title}</h3>}
        {children}
      </div>
    </div>
  )
}

/** One refusal's sentence below a form. */
export function Wrong({ children, id }: { children: React.ReactNode; id?: string }) {
  if (!children) return null
  return (
    <div className="err" role="alert" id={id}>
      <IconCircleX {...line} />
      <span>{children}</span>
    </div>
  )
}
