/** Keyboards on which a slip of the finger is looked for. */
export type Layout = 'QWERTY' | 'QWERTZ' | 'AZERTY'

/** Rows from the digits down (ISO/IEC 9995-2), each a part of a key further right than the one above. */
const ROWS: Record<Layout, string[]> = {
  QWERTY: ['1234567890-', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  QWERTZ: ['1234567890ß', 'qwertzuiopü', 'asdfghjklöä', 'yxcvbnm'],
  AZERTY: ['1234567890', 'azertyuiop', 'qsdfghjklmù', 'wxcvbn'],
}
const SHIFTS = [0, 0.5, 0.75, 1.25]

const NEIGHBOURS = new Map<string, Layout[]>()
for (const layout of Object.keys(ROWS) as Layout[]) {
  const keys = ROWS[layout].flatMap((row, y) => [...row].map((sign, x) => ({ sign, x: x + SHIFTS[y]!, y })))
  for (const one of keys)
    for (const other of keys) {
      const isNear = one.y === other.y ? Math.abs(one.x - other.x) === 1 : Math.abs(one.y - other.y) === 1 && Math.abs(one.x - other.x) < 1
      if (isNear) NEIGHBOURS.set(one.sign + other.sign, [...(NEIGHBOURS.get(one.sign + other.sign) ?? []), layout])
    }
}

/** The keyboards on which two letters are neighbours; none where they are not. */
export const layoutsOf = (one: string, other: string): Layout[] => NEIGHBOURS.get(one + other) ?? []
