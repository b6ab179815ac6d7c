export type Returned = { code?: string; state?: string; iss?: string; error?: string }

/** What the identity provider sent back in the query. It is taken from the address bar at once and kept in memory only. */
const taken = ((): Returned | null => {
  if (window.location.pathname !== '/sso' || !window.location.search) return null
  const query = new URLSearchParams(window.location.search)
  window.history.replaceState(window.history.state, '', window.location.pathname)
  return Object.fromEntries(['code', 'state', 'iss', 'error'].flatMap((name) => (query.has(name) ? [[name, query.get(name)]] : [])))
})()

export const returned = () => taken
