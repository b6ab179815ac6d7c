import { afterEach, expect, test } from 'vitest'
import { caFile, cleanUp, LOGIN, mailServer } from '../../test/fixtures/mail-server.ts'
import { readConfig } from '../platform/config.ts'
import { lookAtMail } from './doctor-mail.ts'

afterEach(cleanUp)

test('doctor says whether mail is set, and whether the mail server lets us in; it sends nothing and says no password', async () => {
  const server = await mailServer()
  const look = (login: string) =>
    lookAtMail(
      readConfig(
        {},
        { SUBROSA_SMTP_URL: `smtp://${login}localhost:${server.port}`, SUBROSA_MAIL_FROM: 'it@wren.example', SUBROSA_SMTP_CA: caFile },
      ),
    )
  expect(await lookAtMail(readConfig({}, {}))).toMatchObject([{ id: 'mail.none', state: 'note' }])
  expect(await look(LOGIN)).toEqual([
    { id: 'mail.goes', state: 'ok', text: expect.stringContaining(`localhost:${server.port}, from it@wren.example`), do: null },
  ])
  const [wrong] = await look('wren:secret@')
  expect(wrong).toMatchObject({ id: 'mail.login', state: 'unsafe', do: expect.stringContaining('SUBROSA_SMTP_URL') })
  expect(JSON.stringify(wrong)).not.toContain('secret')
  expect([server.logins.length, server.arrived]).toEqual([2, []])
})
