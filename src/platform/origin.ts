import { AsyncLocalStorage } from 'node:async_hooks'

/** Where a request comes from, as the ledger keeps it: an address, or `this host`; the browser's name and system in words. */
export type Whence = { address: string; browser: string }

const current = new AsyncLocalStorage<Whence>()

/** Everything that `fn` does is done from there. */
export const from = <T>(whence: Whence, fn: () => Promise<T>): Promise<T> => current.run(whence, fn)
/** Null for what the program does by itself. */
export const originNow = (): Whence | null => current.getStore() ?? null
