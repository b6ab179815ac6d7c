import { act, all, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import { exportFound } from './export.ts'
import { passages } from './passages.ts'
import * as saved from './saved.ts'
import { run } from './searching.ts'
import * as status from './status.ts'
import { suggest } from './suggesting.ts'

/** What is found tells what a document says: whoever may not read it, does not search it. */
const reads = all(may('document.list'), may('document.read'))

export const routes: Route[] = [
  act('search.run', reads, 'search.made', run),
  look('search.suggest', reads, suggest),
  act('search.passages', reads, 'passages.shown', passages),
  own('search.export', reads, exportFound),
  act('search.save', reads, 'search.saved', saved.save),
  look('search.saved', reads, saved.list),
  act('search.change', reads, 'search.changed', saved.change),
  act('search.forget', reads, 'search.forgotten', saved.forget),
  look('index.status', may('document.list'), status.status),
  act('index.again', may('document.change'), 'document.reread', status.again),
  look('index.progress', may('integrity.keep'), status.progress),
  act('index.rebuild', sensitive('integrity.keep'), 'index.renewed', status.rebuild),
]
