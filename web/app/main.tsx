import '../lib/zod.ts'
import '@fontsource-variable/source-sans-3/wght.css'
import '@fontsource-variable/source-sans-3/wght-italic.css'
import '@fontsource-variable/source-serif-4/wght.css'
import '@fontsource-variable/source-serif-4/wght-italic.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import '../styles/tokens.css'
import '../styles/elements.css'
import '../styles/frame.css'
import '../styles/controls.css'
import '../styles/parts.css'
import '../styles/floats.css'
import '../styles/outside.css'
import '../styles/account.css'
import '../styles/lists.css'
import '../styles/people.css'
import '../styles/access.css'
import '../styles/matter.css'
import '../styles/ledger.css'
import '../styles/menus.css'
import '../styles/matter-head.css'
import '../styles/recipients.css'
import '../styles/matrix.css'
import '../styles/ruled.css'
import '../styles/requests.css'
import '../styles/walls.css'
import '../styles/filing.css'
import '../styles/cards.css'
import '../styles/versions.css'
import '../styles/read.css'
import '../styles/search.css'
import '../styles/found.css'
import '../styles/widths.css'
import '../styles/print.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { onSessionEnd } from '../lib/ask.ts'
import type { Sent } from '../features/session/use-entry.ts'
import { StepUp } from '../features/session/step-up.tsx'
import { themeKeeper } from '../lib/preferences.ts'
import { queries } from './queries.ts'
import { router } from './routes.tsx'
import { cssVariablesResolver, theme } from './theme.ts'

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
setNonce(nonce)

const OUTSIDE = ['/sign-in', '/sso', '/forgotten', '/invitation', '/set-up']
onSessionEnd((why) => {
  const { pathname } = window.location
  if (OUTSIDE.includes(pathname)) return
  queries.clear()
  void router.navigate('/sign-in', { replace: true, state: { from: pathname, why } satisfies Sent })
})

createRoot(document.getElementById('root') as HTMLElement).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariablesResolver}
    colorSchemeManager={themeKeeper}
    defaultColorScheme="auto"
    getStyleNonce={() => nonce}
  >
    <QueryClientProvider client={queries}>
      <StepUp />
      <RouterProvider router={router} />
    </QueryClientProvider>
    <Notifications position="bottom-center" autoClose={6000} />
  </MantineProvider>,
)
