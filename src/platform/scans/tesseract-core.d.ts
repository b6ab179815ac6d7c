// What we use of tesseract.js-core 7.0.0, which brings no types.

declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  export type TessBaseAPI = {
    /** 0: done */
    Init(path: string | null, languages: string, engine: number): number
    SetVariable(name: string, value: string): boolean
    /** Of `/input`; 0: done */
    SetImageFile(): number
    Recognize(monitor: null): number
    GetUTF8Text(): string
    /** 0 to 100 */
    MeanTextConf(): number
    Clear(): void
    End(): void
  }
  export type Tesseract = {
    TessBaseAPI: new () => TessBaseAPI
    FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void }
  }
  const Core: (options: { print(line: string): void; printErr(line: string): void }) => Promise<Tesseract>
  export default Core
}
