/** Adds to the list of a key. */
export function post<Thing>(lists: Map<string, Thing[]>, key: string, thing: Thing): void {
  const list = lists.get(key)
  if (list) list.push(thing)
  else lists.set(key, [thing])
}

/** Takes out what was added once; the order of what is left means nothing, and an empty list is none. */
export function unpost<Thing>(lists: Map<string, Thing[]>, key: string, thing: Thing): void {
  const list = lists.get(key)
  const at = list?.indexOf(thing) ?? -1
  if (!list || at < 0) return
  const last = list.pop()!
  if (at < list.length) list[at] = last
  if (list.length === 0) lists.delete(key)
}
