import { calls as access } from './access.ts'
import { calls as between } from './between.ts'
import { calls as bundle } from './bundle.ts'
import { calls as conflict } from './conflict.ts'
import { calls as destruction } from './destruction.ts'
import { calls as document } from './document.ts'
import { calls as entry } from './entry.ts'
import { calls as evidence } from './evidence.ts'
import { calls as factor } from './factor.ts'
import { calls as filing } from './filing.ts'
import { calls as firm } from './firm.ts'
import { calls as grant } from './grant.ts'
import { calls as key } from './key.ts'
import { calls as ledger } from './ledger.ts'
import { calls as listing } from './listing.ts'
import { calls as ledgerCheck } from './ledger-check.ts'
import { calls as logReview } from './log-review.ts'
import { calls as matter } from './matter.ts'
import { calls as matrix } from './matrix.ts'
import { calls as ownRoot } from './own-root.ts'
import { calls as person } from './person.ts'
import { calls as preview } from './preview.ts'
import { calls as probe } from './probe.ts'
import { calls as quarantine } from './quarantine.ts'
import { calls as receiver } from './receiver.ts'
import { calls as recipient } from './recipient.ts'
import { calls as scim } from './scim.ts'
import { calls as session } from './session.ts'
import { calls as search } from './search.ts'
import { calls as sso } from './sso.ts'
import { calls as upload } from './upload.ts'
import { calls as storage } from './storage.ts'
import { calls as thumbnail } from './thumbnail.ts'
import { calls as version } from './version.ts'
import { calls as wall } from './wall.ts'
import { calls as witness } from './witness.ts'

/** Every operation by its id: the routes, the OpenAPI document, the web client and the command line are made from it. */
export const calls = {
  ...firm,
  ...session,
  ...factor,
  ...person,
  ...access,
  ...sso,
  ...scim,
  ...matter,
  ...recipient,
  ...wall,
  ...grant,
  ...conflict,
  ...matrix,
  ...probe,
  ...quarantine,
  ...document,
  ...upload,
  ...version,
  ...bundle,
  ...listing,
  ...filing,
  ...between,
  ...preview,
  ...thumbnail,
  ...destruction,
  ...storage,
  ...key,
  ...ownRoot,
  ...receiver,
  ...entry,
  ...ledger,
  ...ledgerCheck,
  ...logReview,
  ...witness,
  ...evidence,
  ...search,
}
export type CallId = keyof typeof calls
