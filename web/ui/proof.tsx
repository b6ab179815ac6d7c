import type { EntryView } from '../../src/contract/ledger.ts'

const STEPS = { 'recorded': ['Recorded', 1], 'in the tree': ['In the tree', 2], 'witnessed': ['Witnessed', 3] } as const

/** How far an entry is proved: its word, and one bead filled for each step. */
export function Proof({ of }: { of: EntryView['proof'] }) {
  const [word, step] = STEPS[of]
  return (
    <span className={`proof p${step}`}>
      <svg width="26" height="8" viewBox="0 0 26 8" aria-hidden="true">
        <path d="M4 4h18" stroke="currentColor" strokeWidth="1" />
        {[4, 13, 22].map((cx, bead) =>
          bead < step ? (
            <circle key={cx} cx={cx} cy="4" r="3" fill="currentColor" />
          ) : (
            <circle key={cx} className="open" cx={cx} cy="4" r="2.4" stroke="currentColor" strokeWidth="1.1" />
          ),
        )}
      </svg>
      {word}
    </span>
  )
}
