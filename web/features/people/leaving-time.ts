/** An instant from what a `datetime-local` input holds, which is a time on this device: `2026-11-30T17:00`. */
export const instantOf = (local: string) => new Date(local).toISOString()

export const isPast = (local: string) => new Date(local) <= new Date()

/** `Europe/Berlin`. */
export const zone = () => new Intl.DateTimeFormat('en-GB').resolvedOptions().timeZone
