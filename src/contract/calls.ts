import { calls as document } from './document.ts'
import { calls as firm } from './firm.ts'
import { calls as ledger } from './ledger.ts'
import { calls as matter } from './matter.ts'
import { calls as person } from './person.ts'

/** Every operation by its id: the routes, the OpenAPI document, the web client and the command line are made from it. */
export const calls = { ...firm, ...person, ...matter, ...document, ...ledger }
export type CallId = keyof typeof calls
