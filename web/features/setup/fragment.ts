/**
 * The one-time secret of a set-up or invitation link stands in the fragment (`#s=…`), which no server sees.
 * It is taken from the address bar at once and kept in memory only.
 */
const taken = (() => {
  const secret = new URLSearchParams(window.location.hash.slice(1)).get('s')
  if (secret) window.history.replaceState(window.history.state, '', window.location.pathname)
  return secret
})()

export const oneTimeSecret = () => taken
