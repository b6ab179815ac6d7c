import { Brand } from './mark.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

/** A page without the rail: sign-in, set-up, invitation. */
export function Desk({ foot, children }: { foot?: string; children: React.ReactNode }) {
  return (
    <div className="desk">
      <header>
        <span className="brand">
          <Brand />
        </span>
        <ThemeSwitch />
      </header>
      <main id="main">{children}</main>
      {foot ? (
        <footer>
          <span>{foot}</span>
          <span className="nowrap">Subrosa</span>
        </footer>
      ) : (
        <span />
      )}
    </div>
  )
}
