import { CLASSES, type Class as ClassName } from '../../src/contract/words.ts'

const PETALS = [
  [8, 3.3],
  [12.47, 6.55],
  [10.76, 11.8],
  [5.24, 11.8],
  [3.53, 6.55],
] as const

export const className = (name: ClassName) => `${name[0]?.toUpperCase()}${name.slice(1)}`

/** A classification: its word, and one petal more for each degree. */
export function Class({ of, box = false }: { of: ClassName; box?: boolean }) {
  const degree = CLASSES.indexOf(of) + 1
  return (
    <span className={`class c${degree}${box ? ' box' : ''}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {PETALS.map(([cx, cy], petal) =>
          petal < degree ? (
            <circle key={petal} cx={cx} cy={cy} r="2.35" fill="currentColor" />
          ) : (
            <circle key={petal} cx={cx} cy={cy} r="1.85" fill="none" stroke="currentColor" strokeWidth=".9" />
          ),
        )}
      </svg>
      {className(of)}
    </span>
  )
}
