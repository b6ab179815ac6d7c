import { useSyncExternalStore } from 'react'
import type { MatterId } from '../../../src/contract/ids.ts'
import { fileNameFault } from '../../../src/contract/words.ts'
import { canRetry, Refused } from '../../lib/refused.ts'
import { naturally } from '../../lib/format.ts'
import { sentence } from '../../lib/form.ts'
import type { MatterClass } from '../matters/api.ts'
import { type Added, classify, keepInList, send } from './api.ts'
import { trashDocuments } from './filing.ts'
import type { Found } from './gather.ts'
import { IN_PARTS, sendInParts } from './parts.ts'

/*
 * The files on their way, for the whole app: they go on while one looks at another page.
 * A file is `next`, then `sealing`, and ends as `sealed`, `refused` (the rules said no; the same again would be
 * refused again), `failed` (the connection or the server broke; it can be tried again) or `cancelled`.
 */
export type FileState = 'next' | 'sealing' | 'sealed' | 'refused' | 'failed' | 'cancelled'
export type OnItsWay = {
  id: number
  matter: MatterId
  folder: string
  file: File
  label: MatterClass | null
  state: FileState
  sent: number
  says: string
  /** What became of it, once it is sealed. */ added?: Added
  cancel?: () => void
}

const AT_ONCE = 3
let files: readonly OnItsWay[] = []
let lastId = 0
let telling = 0
const listeners = new Set<() => void>()

export const useUploads = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => files,
  )

/**
 * Puts files on their way into a folder of a matter, with a class of their own where one was chosen; a name that cannot
 * stand or an empty file is refused here already.
 */
export function addFiles(matter: MatterId, base: string, found: Found[], label: MatterClass | null = null): void {
  const inOrder = found.toSorted((a, b) => naturally(`${a.folder}/${a.file.name}`, `${b.folder}/${b.file.name}`))
  const fresh = inOrder.map(({ file, folder }): OnItsWay => {
    const whole = [base, folder].filter(Boolean).join('/')
    const says = faultOf(file, whole)
    return { id: (lastId += 1), matter, folder: whole, file, label, state: says ? 'refused' : 'next', sent: 0, says: says ?? '' }
  })
  const settled = files.every((file) => file.state !== 'next' && file.state !== 'sealing')
  files = [...(settled ? [] : files), ...fresh]
  advance()
}

/** Why a file is not sent at all. */
function faultOf(file: File, folder: string): string | null {
  if (file.size === 0) return 'The file is empty; an empty file is not kept.'
  if (folder.split('/').length > 32) return 'The folders are more than 32 deep.'
  return [...(folder ? folder.split('/') : []), file.name].map(fileNameFault).find((fault) => fault !== null) ?? null
}

export function cancel(id: number): void {
  const file = files.find((one) => one.id === id)
  if (file?.state !== 'next' && file?.state !== 'sealing') return
  change(id, { state: 'cancelled', says: 'Cancelled' })
  file.cancel?.()
  advance()
}

export function cancelAll(): void {
  for (const { id } of files) cancel(id)
}

export function retry(id: number): void {
  change(id, { state: 'next', sent: 0, says: '' })
  advance()
}

export function retryFailed(): void {
  for (const { id, state } of files) if (state === 'failed') change(id, { state: 'next', sent: 0, says: '' })
  advance()
}

/** Takes the class that what a file holds suggests; the answer is why it could not, or null. */
export async function takeSuggested({ id, added }: OnItsWay): Promise<string | null> {
  if (!added?.suggested) return null
  try {
    const document = await classify(added, added.suggested)
    change(id, { added: { ...added, class: document.class, suggested: null, raised: true } })
    return null
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault
    return sentence(fault)
  }
}

/** That it stands there twice is as it should be. */
export const keepSame = (id: number): void => change(id, withoutSame(id))
const withoutSame = (id: number): Partial<OnItsWay> => {
  const added = files.find((file) => file.id === id)?.added
  return added ? { added: { ...added, same: [] } } : {}
}

/** Puts what has just come in into the trash, since it stood there already; the answer is why it could not, or null. */
export async function trashSame(id: number): Promise<string | null> {
  const added = files.find((file) => file.id === id)?.added
  if (!added) return null
  try {
    await trashDocuments(added.matter, [added.id], () => change(id, withoutSame(id)))
    return null
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault
    return sentence(fault)
  }
}

/** Forgets what has come to an end. */
export function clear(): void {
  files = files.filter((file) => file.state === 'next' || file.state === 'sealing')
  tell()
}

function advance(): void {
  while (files.filter((file) => file.state === 'sealing').length < AT_ONCE) {
    const next = files.find((file) => file.state === 'next')
    if (!next) break
    start(next)
  }
  tell()
}

function start(on: OnItsWay): void {
  const { id, file } = on
  const sent = (bytes: number) => change(id, { sent: Math.min(bytes, file.size) })
  const waits = (broken: boolean) => change(id, { says: broken ? 'The line is broken; it goes on by itself' : '' })
  const sending = file.size < IN_PARTS ? send(on, sent) : sendInParts(on, sent, waits)
  change(id, { state: 'sealing', cancel: sending.cancel })
  sending.done
    .then((added) => {
      keepInList(added.matter, [added])
      end(id, { state: 'sealed', sent: file.size, says: 'Sealed', added })
    })
    .catch((fault: unknown) => {
      if (!(fault instanceof Refused)) throw fault
      if (fault.code === 'session.none') return cancelAll()
      end(id, canRetry(fault) ? { state: 'failed', sent: 0, says: sentence(fault) } : { state: 'refused', sent: 0, says: sentence(fault) })
    })
}

/** The end of a sending, unless it was cancelled in between. */
function end(id: number, how: Partial<OnItsWay>): void {
  if (files.find((file) => file.id === id)?.state === 'sealing') change(id, how)
  advance()
}

function change(id: number, how: Partial<OnItsWay>): void {
  files = files.map((file) => (file.id === id ? { ...file, ...how } : file))
  tell()
}

/** Progress comes many times a second; the page hears of it once a frame. */
function tell(): void {
  telling ||= requestAnimationFrame(() => {
    telling = 0
    for (const listener of listeners) listener()
  })
}
