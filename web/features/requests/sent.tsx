import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { line } from '../../ui/icons.ts'

type Props = {
  children: React.ReactNode
  /** The one next step; Close alone when there is none. */ act?: React.ReactNode
  onClose: () => void
}

/** The one answer to every request: what happens next, and nothing of what there is. */
export function Sent({ children, act, onClose }: Props) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <div className="stack lg">
      <div className="stack sm sent">
        <h3 className="head row" tabIndex={-1} ref={title}>
          <IconCircleCheck {...line} size={18} />
          Sent
        </h3>
        {children}
        <p className="meta">This answer is the same whatever was asked for.</p>
      </div>
      <div className="row">
        {act}
        <Button onClick={onClose}>Close</Button>
      </div>
    </div>
  )
}
