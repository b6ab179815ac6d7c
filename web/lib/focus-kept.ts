import { useEffect } from 'react'

const REACHED = 'a[href], button:not(:disabled), input:not(:disabled), summary, [tabindex="0"]'
const isFree = () => document.activeElement === null || document.activeElement === document.body
const openDialog = () => [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].at(-1)

/** Where the focus is, or was before its element went: the entry, its list, and its section. */
type Place = { element: Element; item: Element | null; list: Element | null; at: number; section: Element | null }

function placeOf(element: Element): Place {
  const item = element.closest('li, tr')
  const list = item?.parentElement ?? null
  return { element, item, list, at: item && list ? [...list.children].indexOf(item) : 0, section: element.closest('section') }
}

/** The next entry, else the one before, else the heading of the section, else the page's. */
function nearest({ item, list, at, section }: Place): HTMLElement | null {
  const items = item?.isConnected ? [item] : list?.isConnected ? [list.children[at], list.children[at - 1]] : []
  for (const one of items) {
    const reached = one?.querySelector<HTMLElement>(REACHED)
    if (reached) return reached
  }
  // those that would come next are on their way
  if (list?.isConnected && list.matches('[data-windowed]')) return null
  const heading = section?.isConnected ? section.querySelector<HTMLElement>('h2, h3') : null
  return heading ?? document.querySelector<HTMLElement>('#main h1')
}

function focusOn(element: HTMLElement | null): void {
  if (!element) return
  if (!element.matches(REACHED)) element.tabIndex = -1
  // the rows of a long list come and go as one scrolls: the page stays where it is
  element.focus({ preventScroll: element.closest('[data-windowed]') !== null })
}

/**
 * What had the focus may go: an entry is decided, a session has ended, a form gives way to what came of it. The focus
 * then goes to what is nearest, and never back to the top of the page.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let onPage: Place | null = null
    let inDialog: Element | null = null
    const remember = (target: EventTarget | null) => {
      const element = target instanceof Element ? target.closest(`${REACHED}, textarea, select, [tabindex]`) : null
      if (element?.closest('[role="dialog"]')) inDialog = element
      else onPage = element?.closest('#main') ? placeOf(element) : null
    }
    const onFocus = (event: FocusEvent) => remember(event.target)
    const onPress = (event: PointerEvent) => remember(event.target)
    const settle = () => {
      if (!isFree()) return
      const dialog = openDialog()
      if (dialog) {
        if (inDialog && !inDialog.isConnected) focusOn(dialog)
      } else if (onPage && !onPage.element.isConnected) focusOn(nearest(onPage))
    }
    const watch = new MutationObserver(settle)
    watch.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', onFocus)
    document.addEventListener('pointerdown', onPress)
    return () => {
      watch.disconnect()
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('pointerdown', onPress)
    }
  }, [])
}
