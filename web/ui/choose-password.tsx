import { PasswordInput } from '@mantine/core'

const ENOUGH = 12
const AMPLE = 20

/** A new password, and in plain words how its length stands. Its strength beyond that is judged by the server. */
export function ChoosePassword({ value, onChange, error }: { value: string; onChange: (password: string) => void; error?: string | null }) {
  const length = [...value].length
  return (
    <div className="stack xs">
      <PasswordInput
        className="big"
        label="Password"
        description="Four or five words that you have not used elsewhere are easier to keep than signs and digits."
        autoComplete="new-password"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        error={error}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <div className="meter" data-enough={length >= ENOUGH || undefined} aria-hidden="true">
        <i style={{ width: `${Math.min(100, (length / AMPLE) * 100)}%` }} />
      </div>
      <p className="meta" aria-live="polite">
        {said(length)}
      </p>
    </div>
  )
}

function said(length: number): string {
  if (length === 0) return 'At least 12 characters.'
  if (length < ENOUGH) return `${ENOUGH - length} more ${ENOUGH - length === 1 ? 'character' : 'characters'}.`
  return length < AMPLE ? 'Long enough. Longer is stronger.' : 'A good length.'
}
