import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The real program of a thread, that ends, hangs or throws when what it is sent holds `die now`, `hang now` or `throw now`. */
export async function touchyProgram(dir: string, program: URL): Promise<URL> {
  const path = join(dir, 'touchy.mjs')
  await writeFile(
    path,
    `import { parentPort } from 'node:worker_threads'
     const on = parentPort.on.bind(parentPort)
     let answer
     parentPort.on = (_, listener) => (answer = listener)
     await import(${JSON.stringify(program.href)})
     on('message', (sent) => {
       const text = JSON.stringify(sent)
       if (text.includes('die now')) process.exit(3)
       if (text.includes('hang now')) for (;;) {}
       if (text.includes('throw now')) throw new TypeError(text)
       answer(sent)
     })`,
  )
  return pathToFileURL(path)
}
