/**
 * Works of the same key that come while one of theirs is under way wait, and then go together; a work that finds nothing under way
 * goes at once. `run` settles every work that it is given and never rejects.
 */
export function batches<W>(most: number, run: (works: W[]) => Promise<void>): (key: string, work: W) => void {
  const waiting = new Map<string, W[]>()
  const start = async (key: string, works: W[]): Promise<void> => {
    await run(works)
    const next = waiting.get(key)!.splice(0, most)
    if (next.length > 0) return start(key, next)
    waiting.delete(key)
  }
  return (key, work) => {
    const queue = waiting.get(key)
    if (queue) return void queue.push(work)
    waiting.set(key, [])
    void start(key, [work])
  }
}
