import { expect } from 'vitest'
import type { UploadView } from '../../src/contract/upload.ts'
import type { Caller, Reply } from './caller.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
export const TUS = { 'tus-resumable': '1.0.0' }
export const metadata = (said: Record<string, string>) =>
  Object.entries(said)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',')

/** tus 1.0.0 by hand, so that it can be spoken wrongly. */
export const begin = (who: Caller, matter: string, size: number, said: Record<string, string>, headers: Record<string, string> = {}) =>
  who.send('POST', `/api/matters/${matter}/uploads`, {
    ...TUS,
    'upload-length': String(size),
    'upload-metadata': metadata(said),
    'content-length': '0',
    ...headers,
  })
export const begun = async (who: Caller, matter: string, size: number, said: Record<string, string>): Promise<UploadView> => {
  const reply = await begin(who, matter, size, said)
  expect(reply.bytes.toString()).toContain('"offset":0')
  return reply.json as UploadView
}
export const part = (
  who: Caller,
  upload: { id: string },
  offset: number,
  bytes: Buffer,
  headers: Record<string, string> = {},
): Promise<Reply> =>
  who.send(
    'PATCH',
    `/api/uploads/${upload.id}`,
    { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset), ...headers },
    bytes,
  )
export const head = (who: Caller, upload: { id: string }): Promise<Reply> => who.send('HEAD', `/api/uploads/${upload.id}`, TUS)
export const offsetIn = (reply: Reply): number => Number(reply.headers['upload-offset'])
