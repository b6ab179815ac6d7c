/** The one place that reads the clock. */
export const now = (): number => Date.now()
export const instant = (): string => new Date(Date.now()).toISOString()
export const iso = (date: Date): string => date.toISOString()
