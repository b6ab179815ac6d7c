import { Button } from '@mantine/core'
import { useState } from 'react'
import { Wrong } from '../../ui/fact.tsx'
import { useMe } from '../session/api.ts'
import { keepSame, type OnItsWay, trashSame } from './uploads.ts'

/** That the same content stands in the matter already; whether one is too many is for people to say. */
export function Same({ file: { id, added } }: { file: OnItsWay }) {
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const mayTrash = useMe().data?.may.includes('document.change') ?? false
  const [first, ...others] = added?.same ?? []
  if (!added || !first) return null
  const trash = async () => {
    setBusy(true)
    setWrong(await trashSame(id))
    setBusy(false)
  }
  const whole = [first.folder, first.name].filter(Boolean).join('/')
  return (
    <span className="became">
      <span>
        The same as <b>{whole}</b>
        {others.length > 0 && ` and ${others.length} more`}, already in this matter.
      </span>
      <Button size="xs" onClick={() => keepSame(id)} disabled={busy}>
        Keep both
        <span className="vh">: {added.name}</span>
      </Button>
      {mayTrash && (
        <Button size="xs" loading={busy} onClick={() => void trash()}>
          Put this one into the trash
          <span className="vh">: {added.name}</span>
        </Button>
      )}
      <Wrong>{wrong}</Wrong>
    </span>
  )
}
