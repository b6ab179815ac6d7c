/** Every icon of ours has this line: 1.35 px wide at 16 px, which is 2 on Tabler’s grid of 24. */
export const line = { 'size': 16, 'stroke': 2, 'aria-hidden': true } as const
