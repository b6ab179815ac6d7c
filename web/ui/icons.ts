/** Every icon of ours has this line. */
export const line = { size: 16, stroke: 1.35, 'aria-hidden': true } as const
