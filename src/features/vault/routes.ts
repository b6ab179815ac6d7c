import { act, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import * as classes from './classes.ts'
import * as documents from './documents.ts'
import * as openings from './openings.ts'
import { upload } from './upload.ts'

export const routes: Route[] = [
  own('document.upload', may('document.upload'), upload),
  look('document.list', may('document.list'), documents.list),
  look('document.read', may('document.list'), documents.read),
  act('document.open', may('document.read'), 'document.opened', openings.open),
  act('document.classify', may('document.upload'), 'document.classified', classes.classify),
  act('document.lower', sensitive('matter.change'), 'class.asked', classes.lower),
  own('document.content', may('document.read'), openings.content),
  own('document.download', may('document.download'), openings.download),
]
