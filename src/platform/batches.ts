/**
 * Works of the same key go at once while fewer than `lanes` are under way; those that come then wait, and go together. `run` settles
 * every work that it is given and never rejects.
 */
export function batches<W>(lanes: number, most: number, run: (works: W[]) => Promise<void>): (key: string, work: W) => void {
  const lines = new Map<string, { waiting: W[]; underWay: number }>()
  const start = async (key: string, line: { waiting: W[]; underWay: number }, works: W[]): Promise<void> => {
    await run(works)
    const next = line.waiting.splice(0, most)
    if (next.length > 0) return start(key, line, next)
    line.underWay -= 1
    if (line.underWay === 0) lines.delete(key)
  }
  return (key, work) => {
    const line = lines.get(key) ?? { waiting: [], underWay: 0 }
    lines.set(key, line)
    if (line.underWay === lanes) return void line.waiting.push(work)
    line.underWay += 1
    void start(key, line, [work])
  }
}
