/** Hands a file to the browser to keep, under this name. */
export function save(file: Blob, name: string): void {
  const link = window.document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // after the browser has taken it
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
