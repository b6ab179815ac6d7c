import type { ReactNode } from 'react'

type Props = { id: string; title: ReactNode; /** Nothing of it stands over its edge. */ clip?: boolean; children: ReactNode }

/** A part of a page under a heading of its own. */
export const Panel = ({ id, title, clip = false, children }: Props) => (
  <section className={clip ? 'panel clip' : 'panel'} aria-labelledby={id}>
    <header>
      <h2 className="sub" id={id}>
        {title}
      </h2>
    </header>
    {children}
  </section>
)
