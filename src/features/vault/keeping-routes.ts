import { act, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import { kept, read as readScrub, start } from './kept.ts'
import { move, read } from './storing.ts'

/** Where sealed files lie, and whether they are what came in. */
export const routes: Route[] = [
  look('storage.read', may('storage.move'), read),
  act('storage.move', sensitive('storage.move'), 'storage.begun', move),
  look('scrub.read', may('integrity.keep'), readScrub),
  act('scrub.start', may('integrity.keep'), 'scrub.asked', start),
  own('document.kept', may('document.list'), kept),
]
