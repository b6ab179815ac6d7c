/** A matter, as lawyers cite it. */
export const Cite = ({ children }: { children: React.ReactNode }) => <span className="cite">{children}</span>
