import { look, may, own, sensitive, type Route } from '../../platform/route.ts'
import { list, rotate } from './keys.ts'

export const routes: Route[] = [look('key.list', may('key.rotate'), list), own('key.rotate', sensitive('key.rotate'), rotate)]
