import { act, all, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import * as arriving from './arriving.ts'
import { content as bundleContent } from './bundle-stream.ts'
import * as bundles from './bundles.ts'
import * as checkout from './checkout.ts'
import * as classes from './classes.ts'
import { compare } from './compare.ts'
import * as documents from './documents.ts'
import * as filing from './filing.ts'
import * as folders from './folders.ts'
import * as listing from './listing.ts'
import * as locks from './locks.ts'
import * as openings from './openings.ts'
import { parts } from './parts.ts'
import { preview } from './preview.ts'
import * as quarantine from './quarantine.ts'
import * as trash from './trash.ts'
import { same } from './same.ts'
import { thumbnail } from './thumbnails.ts'
import { transfer } from './transfer.ts'
import { unpack } from './unpack.ts'
import { upload } from './upload.ts'
import * as versions from './versions.ts'

export const routes: Route[] = [
  own('document.upload', may('document.upload'), upload),
  look('document.list', may('document.list'), documents.list),
  look('document.rows', may('document.list'), listing.rows),
  look('document.read', may('document.list'), documents.read),
  look('document.same', may('document.list'), same),
  act('document.open', may('document.read'), 'document.opened', openings.open),
  act('document.classify', may('document.upload'), 'document.classified', classes.classify),
  act('document.lower', sensitive('matter.change'), 'class.asked', classes.lower),
  own('document.content', may('document.read'), openings.content),
  own('document.preview', may('document.read'), preview),
  own('document.thumbnail', may('document.read'), thumbnail),
  own('document.download', may('document.download'), openings.download),
  look('bundle.preview', may('document.download'), bundles.preview),
  act('document.bundle', may('document.download'), 'bundle.made', bundles.make),
  own('bundle.content', may('document.download'), bundleContent),
  look('version.list', may('document.list'), versions.list),
  own('version.create', may('document.upload'), versions.create),
  own('version.compare', may('document.read'), compare),
  act('document.take-out', may('document.change'), 'document.out', checkout.takeOut),
  act('document.bring-back', may('document.change'), 'document.back', checkout.bringBack),
  look('folder.list', may('document.list'), folders.list),
  act('folder.create', may('document.change'), 'folder.created', folders.create),
  act('folder.move', may('document.change'), 'folder.moved', folders.move),
  act('folder.remove', may('document.change'), 'folder.removed', folders.remove),
  act('document.move', may('document.change'), 'document.moved', filing.move),
  own('document.transfer', all(may('document.change'), may('document.upload')), transfer),
  own('document.unpack', all(may('document.upload'), may('document.read')), unpack),
  look('document.parts', may('document.list'), parts),
  act('document.rename', may('document.change'), 'document.renamed', filing.rename),
  act('document.describe', may('document.change'), 'document.described', filing.describe),
  act('document.lock', may('document.change'), 'document.locked', locks.lock),
  act('document.unlock', sensitive('document.unlock'), 'document.unlocked', locks.unlock),
  act('document.trash', may('document.change'), 'document.trashed', trash.trash),
  look('document.trashed', may('document.list'), trash.trashed),
  own('upload.begin', may('document.upload'), arriving.begin),
  own('upload.list', may('document.upload'), arriving.list),
  own('upload.read', may('document.upload'), arriving.read),
  own('upload.state', may('document.upload'), arriving.state),
  own('upload.part', may('document.upload'), arriving.part),
  own('upload.end', may('document.upload'), arriving.end),
  look('quarantine.list', may('quarantine.release'), quarantine.list),
  act('quarantine.release', sensitive('quarantine.release'), 'quarantine.released', quarantine.release),
  act('document.restore', may('document.change'), 'document.restored', trash.restore),
]
