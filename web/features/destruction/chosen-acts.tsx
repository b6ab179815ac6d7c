import { Button } from '@mantine/core'
import { useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import { useMe } from '../session/api.ts'
import { useIsAsked } from './api.ts'
import { Destroy } from './destroy.tsx'
import { useIsHeld } from './held.ts'
import { PlaceHold } from './place-hold.tsx'

/** Holding and destroying what is chosen in the list of files. */
export function ChosenActs({ chosen }: { chosen: readonly DocumentView[] }) {
  const may = useMe().data?.may ?? []
  const [doing, setDoing] = useState<'hold' | 'destroy' | null>(null)
  const [first] = chosen
  if (!first) return null
  const ids = chosen.map(({ id }) => id)
  const close = () => setDoing(null)
  return (
    <>
      {may.includes('hold.keep') && (
        <Button size="xs" onClick={() => setDoing('hold')}>
          Hold
        </Button>
      )}
      {may.includes('document.destroy') && <DestroyButton ids={ids} matter={first.matter} onDestroy={() => setDoing('destroy')} />}
      <PlaceHold matter={first.matter} documents={ids} opened={doing === 'hold'} onClose={close} />
      <Destroy matter={first.matter} documents={ids} opened={doing === 'destroy'} onClose={close} />
    </>
  )
}

type Of = { ids: readonly DocumentView['id'][]; matter: DocumentView['matter']; onDestroy: () => void }
/** It says why not, where one of them is held or asked for already. */
export function DestroyButton({ ids, matter, onDestroy, name = 'Destroy for good…', of }: Of & { name?: string; of?: string }) {
  const isHeld = useIsHeld(matter)
  const isAsked = useIsAsked(matter)
  if (ids.some(isHeld))
    return <span className="meta">{ids.length === 1 ? 'On hold: kept' : 'Some are on hold: not destroyed together'}</span>
  if (ids.some(isAsked))
    return <span className="meta">{ids.length === 1 ? 'Waits for a second person' : 'Some wait for a second person already'}</span>
  return (
    <Button size="xs" onClick={onDestroy}>
      {name}
      {of && <span className="vh"> {of}</span>}
    </Button>
  )
}
