import { State } from '../../ui/state.tsx'
import { useSettingsHere } from './settings-page.tsx'

export function MailTab() {
  const { settings } = useSettingsHere()
  return (
    <section className="panel" aria-labelledby="mail">
      <header>
        <h2 className="sub" id="mail">
          Mail
        </h2>
        <span className="push">{settings.mail ? <State kind="ok">Set up</State> : <State kind="wait">Not set up</State>}</span>
      </header>
      <div className="body stack">
        {settings.mail ? (
          <p>Invitations and renewals go to their person by e-mail, and nobody else sees the link. A forgotten password can be renewed.</p>
        ) : (
          <>
            <p>
              Subrosa sends no mail. Whoever invites someone copies the link and hands it over, and a forgotten password needs an
              administrator.
            </p>
            <p className="soft">
              Whoever runs the server sets it up with SUBROSA_SMTP_URL and SUBROSA_MAIL_FROM, and starts it again. Nothing of it is kept
              here.
            </p>
          </>
        )}
      </div>
    </section>
  )
}
