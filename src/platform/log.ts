/** What the program says of itself: one line each on standard error, never with names, contents, queries or bodies. */
export type Log = { info(text: string): void; warn(text: string): void; error(text: string, fault?: unknown): void }

/** Messages of foreign errors can quote data (`Key (name)=(…)`), so of a fault only its kind, code and place are kept. */
function shape(fault: unknown): string {
  if (!(fault instanceof Error)) return typeof fault
  const code = 'code' in fault && typeof fault.code === 'string' ? ` ${fault.code}` : ''
  const places = (fault.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim())
  const cause = fault.cause instanceof Error ? `; because ${shape(fault.cause)}` : ''
  return `${fault.name}${code} ${places.join(' < ')}${cause}`
}

export function openLog(write: (line: string) => void): Log {
  const line = (level: string, text: string) => write(`${new Date().toISOString()} ${level} ${text}\n`)
  return {
    info: (text) => line('info', text),
    warn: (text) => line('warn', text),
    error: (text, fault) => line('error', fault === undefined ? text : `${text}: ${shape(fault)}`),
  }
}

export const stderrLog = (): Log => openLog((text) => process.stderr.write(text))
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} }
