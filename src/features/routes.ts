import type { Route } from '../platform/route.ts'
import { routes as access } from './access/routes.ts'
import { routes as conflicts } from './conflicts/routes.ts'
import { routes as destruction } from './destruction/routes.ts'
import { routes as directory } from './directory/routes.ts'
import { routes as evidence } from './evidence/routes.ts'
import { routes as factors } from './factors/routes.ts'
import { routes as firm } from './firm/routes.ts'
import { routes as grants } from './grants/routes.ts'
import { routes as ledger } from './ledger/routes.ts'
import { routes as ledgerChecks } from './ledger-checks/checking.ts'
import { routes as logReviews } from './log-reviews/routes.ts'
import { routes as matrix } from './matrix/routes.ts'
import { routes as matters } from './matters/routes.ts'
import { routes as notices } from './notices/routes.ts'
import { routes as people } from './people/routes.ts'
import { routes as probe } from './probe/routes.ts'
import { routes as recipients } from './recipients/routes.ts'
import { routes as rotation } from './rotation/routes.ts'
import { routes as search } from './search/routes.ts'
import { routes as settings } from './settings/routes.ts'
import { routes as siem } from './siem/routes.ts'
import { routes as signIn } from './sign-in/routes.ts'
import { routes as keeping } from './vault/keeping-routes.ts'
import { routes as vault } from './vault/routes.ts'
import { routes as walls } from './walls/routes.ts'
import { routes as witnesses } from './witnesses/routes.ts'

/** Every route there is; the door plays them, and the tests walk them. */
export const routes: Route[] = [
  ...firm,
  ...signIn,
  ...factors,
  ...notices,
  ...people,
  ...access,
  ...settings,
  ...directory,
  ...matters,
  ...recipients,
  ...matrix,
  ...walls,
  ...conflicts,
  ...grants,
  ...probe,
  ...vault,
  ...destruction,
  ...keeping,
  ...rotation,
  ...siem,
  ...ledger,
  ...ledgerChecks,
  ...logReviews,
  ...witnesses,
  ...evidence,
  ...search,
]
