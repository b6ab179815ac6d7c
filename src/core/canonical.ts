export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/**
 * The canonical text of a JSON value: RFC 8785 (JCS). Its bytes are this text as UTF-8.
 * Throws TypeError for what JSON cannot say: NaN, Infinity, undefined, lone surrogates, and any object
 * that is not a plain one.
 */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonical(item)).join(',')}]`
  if (typeof value === 'object' && value !== null) return `{${members(value).join(',')}}`
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (value === null || typeof value === 'boolean') return String(value)
  throw new TypeError(`JSON has no ${typeof value === 'number' ? 'NaN or Infinity' : typeof value}`)
}

function members(value: { [name: string]: Json }): string[] {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('JSON has plain objects only')
  // The default order of `sort` is by UTF-16 code units, as section 3.2.3 asks.
  return Object.keys(value)
    .sort()
    .map((name) => `${quoted(name)}:${canonical(value[name]!)}`)
}

function quoted(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('JSON text holds a lone surrogate')
  return JSON.stringify(text)
}
