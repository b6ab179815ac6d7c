import type { Config } from '../platform/config.ts'
import { silentLog } from '../platform/log.ts'
import { MailFault, openMail } from '../platform/mail.ts'
import { note, ok, unsafe, type Finding } from './finding.ts'

/** Whether the firm's own mail goes out: it signs in at the mail server, and sends nothing. */
export async function lookAtMail({ mail: settings }: Config): Promise<Finding[]> {
  if (!settings)
    return [
      note(
        'mail.none',
        'No mail server is set: links are handed over by hand, and security notices reach nobody by mail.',
        'Set SUBROSA_SMTP_URL and SUBROSA_MAIL_FROM.',
      ),
    ]
  const mail = openMail(settings, silentLog)
  try {
    await mail.verify()
    return [ok('mail.goes', `The firm’s mail goes out by ${settings.url.host}, from ${settings.from.address}.`)]
  } catch (fault) {
    if (!(fault instanceof MailFault)) throw fault
    return [
      unsafe(`mail.${fault.kind}`, `The firm’s mail does not go out by ${settings.url.host}: security notices are lost.`, fault.message),
    ]
  } finally {
    mail.close()
  }
}
