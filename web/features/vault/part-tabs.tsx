import { useRef } from 'react'
import { count } from '../../lib/format.ts'

const PARTS = ['read', 'versions', 'about', 'history'] as const
export type Part = (typeof PARTS)[number]
const NAMES: Record<Part, string> = { read: 'Read', versions: 'Versions', about: 'About', history: 'History' }
export const partId = (part: Part) => `part-${part}`

type Props = { part: Part; versions: number; mayHistory: boolean; onChange: (part: Part) => void }

/** The parts of the pane; the arrows move between them (ARIA APG, tabs with automatic activation). */
export function PartTabs({ part, versions, mayHistory, onChange }: Props) {
  const parts = PARTS.filter((one) => one !== 'history' || mayHistory)
  const tabs = useRef(new Map<Part, HTMLButtonElement | null>())
  const onKey = ({ key }: React.KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: parts.length - 1 }[key]
    if (!by) return
    const next = parts[(parts.indexOf(part) + by) % parts.length] as Part
    onChange(next)
    tabs.current.get(next)?.focus()
  }
  return (
    <div className="parttabs" role="tablist" aria-label="Parts of the file" onKeyDown={onKey}>
      {parts.map((one) => (
        <button
          key={one}
          ref={(tab) => void tabs.current.set(one, tab)}
          type="button"
          role="tab"
          id={`tab-${partId(one)}`}
          aria-controls={one === part ? partId(one) : undefined}
          aria-selected={one === part}
          tabIndex={one === part ? 0 : -1}
          onClick={() => onChange(one)}
        >
          {NAMES[one]}
          {one === 'versions' && versions > 1 && <span className="n">{count(versions)}</span>}
        </button>
      ))}
    </div>
  )
}
