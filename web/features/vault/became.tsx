import { Button } from '@mantine/core'
import { useState } from 'react'
import { counted } from '../../lib/format.ts'
import { className } from '../../ui/class.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { foundWords } from './found-words.ts'
import { heldFor, isHeld } from './scan-words.ts'
import { type OnItsWay, takeSuggested } from './uploads.ts'

/** Whether something became of a sealed file that whoever added it wants to know. */
export const hasBecome = ({ added }: OnItsWay) =>
  added !== undefined && (isJudged(added) || isMail(added) || added.same.length > 0 || isHeld(added.scan))
const MAIL = ['message/rfc822', 'application/vnd.ms-outlook']
/** A message, that may have attachments. */
export const isMail = (added: OnItsWay['added']) => added !== undefined && MAIL.includes(added.mediaType)
const isJudged = (added: NonNullable<OnItsWay['added']>) => added.raised || added.suggested !== null

/** What its content did to the class of a file, or asks for. */
export function Became({ file }: { file: OnItsWay }) {
  const [wrong, setWrong] = useState<string | null>(null)
  const [taking, setTaking] = useState(false)
  const { added } = file
  if (!added) return null
  if (!isJudged(added)) return isHeld(added.scan) ? <span className="became">{heldFor(added.scan)}</span> : null
  const take = async () => {
    setTaking(true)
    setWrong(await takeSuggested(file))
    setTaking(false)
  }
  const holds = `It holds ${foundWords(added.found)}`
  return (
    <span className="became">
      {isHeld(added.scan) && <span>{heldFor(added.scan)}</span>}
      <span>
        {added.raised ? `${holds}, and is ${className(added.class)} for that.` : ''}
        {added.raised && added.suggested ? ' ' : ''}
        {added.suggested && `${added.raised ? '' : `${holds}. `}${className(added.suggested)} is suggested.`}
      </span>
      {added.suggested && (
        <Button size="xs" loading={taking} onClick={() => void take()}>
          Make it {className(added.suggested)}
          <span className="vh">: {added.name}</span>
        </Button>
      )}
      <Wrong>{wrong}</Wrong>
    </span>
  )
}

/** Of what came in, how much nobody looked through: the class of such a file is for people to judge. */
export function NotRead({ files }: { files: readonly OnItsWay[] }) {
  const not = files.filter((file) => file.added?.read === 'no')
  const start = files.filter((file) => file.added?.read === 'start')
  if (not.length + start.length === 0) return null
  return (
    <p className="meta notread">
      {not.length > 0 && `${whose(not)} not looked through for what ${not.length === 1 ? 'it holds' : 'they hold'}: only text is. `}
      {start.length > 0 && `${whose(start)} looked through at the beginning only. `}
      Check the class yourself.
    </p>
  )
}

/** What came in that nobody looked at for malware. */
export function NotScanned({ files }: { files: readonly OnItsWay[] }) {
  const not = files.filter((file) => file.added?.scan.state === 'none')
  if (not.length === 0) return null
  const why = not.every((file) => file.added?.scan.why === null) ? 'no malware scanner is set' : 'the malware scanner could not'
  return <p className="meta notread">{`${whose(not)} not looked at for malware: ${why}.`}</p>
}

const whose = (files: readonly OnItsWay[]) => (files.length === 1 ? `${files[0]?.file.name} was` : `${counted(files.length, 'file')} were`)
