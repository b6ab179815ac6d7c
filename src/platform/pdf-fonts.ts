import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Source Serif 4 (SIL OFL 1.1): Latin, Cyrillic and Greek in one file for each face. */
const FACES = {
  normal: '400Regular/SourceSerif4_400Regular.ttf',
  italics: '400Regular_Italic/SourceSerif4_400Regular_Italic.ttf',
  bold: '600SemiBold/SourceSerif4_600SemiBold.ttf',
  bolditalics: '600SemiBold_Italic/SourceSerif4_600SemiBold_Italic.ttf',
}
export type Faces = { [face in keyof typeof FACES]: string }

/** Where the faces are. @throws when the package is not installed */
export function placesOfFaces(): Faces {
  const { resolve } = createRequire(import.meta.url)
  const of = (face: keyof Faces) => resolve(`@expo-google-fonts/source-serif-4/${FACES[face]}`)
  return { normal: of('normal'), italics: of('italics'), bold: of('bold'), bolditalics: of('bolditalics') }
}

export const readFaces = (places: Faces): { [face in keyof Faces]: Buffer } => ({
  normal: readFileSync(places.normal),
  italics: readFileSync(places.italics),
  bold: readFileSync(places.bold),
  bolditalics: readFileSync(places.bolditalics),
})
