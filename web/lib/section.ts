import { useEffect } from 'react'

/** The window's title is the section and never a matter or a document. */
export function useSection(section: string): void {
  useEffect(() => {
    document.title = `${section} · Subrosa`
  }, [section])
}
