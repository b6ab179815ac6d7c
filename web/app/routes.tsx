import { createBrowserRouter, Navigate } from 'react-router'
import { LedgerPage } from '../features/ledger/ledger-page.tsx'
import { HistoryTab } from '../features/matters/history-tab.tsx'
import { MatterPage } from '../features/matters/matter-page.tsx'
import { MattersPage } from '../features/matters/matters-page.tsx'
import { TeamTab } from '../features/matters/team-tab.tsx'
import { AccountPage } from '../features/people/account-page.tsx'
import { PeoplePage } from '../features/people/people-page.tsx'
import { SignInPage } from '../features/session/sign-in-page.tsx'
import { InvitationPage } from '../features/setup/invitation-page.tsx'
import { SetUpPage } from '../features/setup/set-up-page.tsx'
import { FilesTab } from '../features/vault/files-tab.tsx'
import { Nothing } from '../ui/fault.tsx'
import { Broken } from './broken.tsx'
import { Home, SessionGate } from './session-gate.tsx'

export const router = createBrowserRouter([
  { path: '/set-up', element: <SetUpPage />, errorElement: <Broken /> },
  { path: '/invitation', element: <InvitationPage />, errorElement: <Broken /> },
  { path: '/sign-in', element: <SignInPage />, errorElement: <Broken /> },
  {
    element: <SessionGate />,
    errorElement: <Broken />,
    children: [
      { index: true, element: <Home /> },
      { path: '/matters', element: <MattersPage /> },
      {
        path: '/matters/:matter',
        element: <MatterPage />,
        children: [
          { index: true, element: <FilesTab /> },
          { path: 'documents/:document', element: <FilesTab /> },
          { path: 'team', element: <TeamTab /> },
          { path: 'history', element: <HistoryTab /> },
          { path: '*', element: <Navigate to=".." replace /> },
        ],
      },
      { path: '/ledger', element: <LedgerPage /> },
      { path: '/people', element: <PeoplePage /> },
      { path: '/account', element: <AccountPage /> },
      { path: '*', element: <Nothing /> },
    ],
  },
])
