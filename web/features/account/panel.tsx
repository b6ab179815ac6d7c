type Props = { id: string; title: string; acts?: React.ReactNode; children: React.ReactNode }

/** One section of the account; `id` can be linked to. */
export const Panel = ({ id, title, acts, children }: Props) => (
  <section className="panel" aria-labelledby={`${id}-title`} id={id}>
    <header>
      <h2 className="sub" id={`${id}-title`}>
        {title}
      </h2>
      {acts && <span className="row push">{acts}</span>}
    </header>
    {children}
  </section>
)
