import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { line } from './icons.ts'

export function Copy({ text, what }: { text: string; what: string }) {
  const clipboard = useClipboard({ timeout: 3000 })
  return (
    <Button leftSection={clipboard.copied ? <IconCheck {...line} /> : <IconCopy {...line} />} onClick={() => clipboard.copy(text)}>
      {clipboard.copied ? 'Copied' : `Copy ${what}`}
    </Button>
  )
}

/** A secret that is shown this once. */
export function Once({ secret, what }: { secret: string; what: string }) {
  return (
    <div className="stack sm">
      <div className="once">
        <code>{secret}</code>
      </div>
      <div>
        <Copy text={secret} what={what} />
      </div>
    </div>
  )
}
