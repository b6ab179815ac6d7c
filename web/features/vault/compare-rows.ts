import type { Compared } from './versions.ts'

/** What is laid side by side, from top to bottom; `at` are line numbers, from 1, of each side’s first line. */
export type Block =
  | { kind: 'same'; lines: string[]; at: [older: number, newer: number] }
  | { kind: 'changed'; older: string[]; newer: string[]; at: [older: number, newer: number] }
  | { kind: 'left'; count: number }

/** The blocks of a comparison: runs of equal lines, runs of changes, and how many equal lines were left out between them. */
export function blocksOf({ lines, left }: Pick<Compared, 'lines' | 'left'>): Block[] {
  const blocks: Block[] = []
  const skipped = new Map(left.map(({ before, count }) => [before, count]))
  let [older, newer] = [1, 1]
  for (let index = 0; index <= lines.length; index += 1) {
    const count = skipped.get(index) ?? 0
    if (count > 0) {
      blocks.push({ kind: 'left', count })
      older += count
      newer += count
    }
    const line = lines[index]
    if (!line) continue
    const last = blocks.at(-1)
    if (line.in === 'both') {
      if (last?.kind === 'same') last.lines.push(line.text)
      else blocks.push({ kind: 'same', lines: [line.text], at: [older, newer] })
    } else {
      const block: Block & { kind: 'changed' } =
        last?.kind === 'changed' ? last : { kind: 'changed', older: [], newer: [], at: [older, newer] }
      if (block !== last) blocks.push(block)
      block[line.in].push(line.text)
    }
    if (line.in !== 'newer') older += 1
    if (line.in !== 'older') newer += 1
  }
  return blocks
}
