import { IconCheck } from '@tabler/icons-react'
import { line } from '../../ui/icons.ts'

export type Step = { name: string; says: string }

export function Steps({ steps, at }: { steps: readonly Step[]; at: number }) {
  return (
    <ol className="steps" aria-label="Steps">
      {steps.map((step, index) => (
        <li key={step.name} aria-current={index === at ? 'step' : undefined} data-done={index < at || undefined}>
          {index < at ? <IconCheck {...line} /> : <i>{index + 1}</i>}
          <div>
            <b>{step.name}</b>
            <span>{step.says}</span>
          </div>
        </li>
      ))}
    </ol>
  )
}
