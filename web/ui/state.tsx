import { IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react'
import { line } from './icons.ts'

const KINDS = { ok: IconCircleCheck, wait: IconClock, bad: IconAlertTriangle } as const

/** A state: its word and a shape of its own. */
export function State({ kind, children }: { kind: keyof typeof KINDS; children: React.ReactNode }) {
  const Icon = KINDS[kind]
  return (
    <span className={`state ${kind}`}>
      <Icon {...line} size={14} />
      {children}
    </span>
  )
}
