import { own, sensitive, type Route } from '../../platform/route.ts'
import { make } from './making.ts'

// what is in it is PostgreSQL's to say, entry by entry
export const routes: Route[] = [own('bundle.create', sensitive('evidence.make'), make)]
