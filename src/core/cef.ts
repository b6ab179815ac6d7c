/** An event in ArcSight's Common Event Format (CEF 0, revision 26). `severity`: 0 to 10. */
export type CefEvent = {
  vendor: string
  product: string
  version: string
  id: string
  name: string
  severity: number
  /** Keys of CEF's dictionary, in their order; a value that is null is left out. */
  fields: readonly (readonly [key: string, value: string | number | null])[]
}

const clean = (text: string): string => text.toWellFormed().replaceAll(/\ufffd|(?![\r\n])[\p{Cc}\u2028\u2029]/gu, ' ')
/** In the head `|` and `\` are escaped, and no line breaks stand. */
export const cefHead = (text: string): string =>
  clean(text)
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll(/[|\\]/g, String.raw`\$&`)
/** In a value `=` and `\` are escaped, and line breaks are written as \n and \r. */
export const cefValue = (text: string): string =>
  clean(text)
    .replaceAll(/[=\\]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)

/** One line, without a line break. */
export function cefLine({ vendor, product, version, id, name, severity, fields }: CefEvent): string {
  const head = [vendor, product, version, id, name, String(severity)].map(cefHead).join('|')
  const values = fields.flatMap(([key, value]) => (value === null ? [] : [`${key}=${cefValue(String(value))}`]))
  return `CEF:0|${head}|${values.join(' ')}`
}
