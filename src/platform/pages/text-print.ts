import { PdfTooLong, type PdfDocument } from '../pdf-document.ts'
import { placesOfFaces, readFaces } from '../pdf-fonts.ts'
import { print } from '../pdf-print.ts'
import { NotShown } from './page.ts'

const faces = readFaces(placesOfFaces())

/** The document that stands in these bytes as JSON. @throws NotShown */
export async function printedOf(bytes: Buffer): Promise<Buffer> {
  try {
    return await print(JSON.parse(bytes.toString('utf8')) as PdfDocument, faces)
  } catch (fault) {
    if (fault instanceof PdfTooLong) throw new NotShown('too-much', 'the text is longer than is shown')
    throw fault
  }
}
