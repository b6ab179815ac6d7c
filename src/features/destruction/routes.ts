import { act, inPerson, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import { askForDocuments, askForMatter } from './asking.ts'
import * as certificates from './certificates.ts'
import { emptyTrash } from './emptying.ts'
import * as holds from './holds.ts'

export const routes: Route[] = [
  // who may know of which is in db/access/holding.sql and destroying.sql
  look('hold.list', inPerson, holds.list),
  look('hold.read', inPerson, holds.read),
  act('hold.place', may('hold.keep'), 'hold.placed', holds.place),
  act('hold.lift', sensitive('hold.keep'), 'hold.lifted', holds.lift),
  act('document.destroy', sensitive('document.destroy'), 'destruction.asked', askForDocuments),
  act('trash.empty', sensitive('document.destroy'), 'destruction.asked', emptyTrash),
  act('matter.destroy', sensitive('matter.destroy'), 'destruction.asked', askForMatter),
  look('certificate.list', inPerson, certificates.list),
  look('certificate.read', inPerson, certificates.read),
  own('certificate.print', inPerson, certificates.print),
]
