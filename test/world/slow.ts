import { request } from 'node:http'
import type { Caller } from './caller.ts'

/** Starts a download, takes nothing of it until it is resumed, and gives it back once bytes flow. */
export function slowDownload(caller: Caller, path: string): Promise<{ ended: Promise<'cut' | 'whole'>; resume(): void }> {
  return new Promise((resolve) => {
    const headers = { 'cookie': caller.cookie!, 'user-agent': caller.userAgent }
    const asked = request(caller.url + path, { headers }, (answer) => {
      answer.pause()
      const ended = new Promise<'cut' | 'whole'>((done) => {
        answer.on('end', () => done(answer.complete ? 'whole' : 'cut'))
        answer.on('error', () => done('cut'))
      })
      resolve({ ended, resume: () => answer.resume() })
    })
    asked.end()
  })
}
