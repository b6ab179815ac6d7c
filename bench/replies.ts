import type { Socket } from 'node:net'

// What a server answers, read by hand.

/** A whole small answer on a connection; its bytes are taken as they come. */
export function replyOf(socket: Socket): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    let text = ''
    const hear = (part: Buffer) => {
      text += part.toString('latin1')
      const reply = parsed(text)
      if (!reply) return
      socket.off('data', hear)
      resolve(reply)
    }
    socket.on('data', hear)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the connection ended before the answer')))
  })
}

function parsed(text: string): { status: number; body: string } | null {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return null
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? 0)
  const body = text.slice(end + 4)
  return body.length < length
    ? null
    : { status: Number(text.slice(9, 12)), body: Buffer.from(body.slice(0, length), 'latin1').toString('utf8') }
}

/** The next answer on a connection, which has a length. */
export function wholeReply(socket: Socket): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let got = 0
    let head = ''
    let wanted = Infinity
    const over = (fault?: Error) => {
      socket.off('data', hear).off('error', over).off('close', ended)
      if (fault) reject(fault)
    }
    const ended = () => over(new Error('the connection ended before the answer'))
    const hear = (part: Buffer) => {
      parts.push(part)
      got += part.length
      if (wanted === Infinity) {
        const all = Buffer.concat(parts)
        const end = all.indexOf('\r\n\r\n')
        if (end < 0) return
        head = all.toString('latin1', 0, end)
        wanted = end + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
      }
      if (got < wanted) return
      over()
      resolve({ status: Number(head.slice(9, 12)), body: Buffer.concat(parts).subarray(head.length + 4, wanted) })
    }
    socket.on('data', hear).once('error', over).once('close', ended)
  })
}
