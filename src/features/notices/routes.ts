import { act, look, signedIn, type Route } from '../../platform/route.ts'
import { list, see } from './notices.ts'

export const routes: Route[] = [look('notice.list', signedIn, list), act('notice.see', signedIn, 'notice.seen', see)]
