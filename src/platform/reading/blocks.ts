import type { Block, Limits, TextReading } from './reading.ts'

/** Blocks up to the limits of text and number; what is over is left out, and `cut` says so. */
export type Blocks = { add(block: Block): void; isFull(): boolean; reading(): TextReading }

export function blocksWithin(limits: Limits): Blocks {
  const blocks: Block[] = []
  let left = limits.text
  let cut = false
  const taken = (text: string): string => {
    if (text.length > left) cut = true
    const part = text.slice(0, left).toWellFormed()
    left -= part.length
    return part
  }
  return {
    add: (block) => {
      if (cut || blocks.length >= limits.blocks) return void (cut = true)
      blocks.push('cells' in block ? { ...block, cells: block.cells.map(taken) } : { ...block, text: taken(block.text) })
    },
    isFull: () => cut,
    reading: () => ({ kind: 'text', blocks, cut }),
  }
}
