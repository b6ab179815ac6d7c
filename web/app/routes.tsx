import { createBrowserRouter, Navigate } from 'react-router'
import { LedgerPage } from '../features/ledger/ledger-page.tsx'
import { HistoryTab } from '../features/matters/history-tab.tsx'
import { MatterPage } from '../features/matters/matter-page.tsx'
import { MattersPage } from '../features/matters/matters-page.tsx'
import { TeamTab } from '../features/matters/team-tab.tsx'
import { PeoplePage } from '../features/people/people-page.tsx'
import { ForgottenPage } from '../features/session/forgotten-page.tsx'
import { SignInPage } from '../features/session/sign-in-page.tsx'
import { SsoPage } from '../features/session/sso-page.tsx'
import { InvitationPage } from '../features/setup/invitation-page.tsx'
import { SetUpPage } from '../features/setup/set-up-page.tsx'
import { wallRoutes } from '../features/walls/routes.tsx'
import { FilesTab } from '../features/vault/files-tab.tsx'
import { Nothing } from '../ui/fault.tsx'
import { Broken } from './broken.tsx'
import { Home, SessionGate } from './session-gate.tsx'

export const router = createBrowserRouter([
  { path: '/set-up', element: <SetUpPage />, errorElement: <Broken /> },
  { path: '/invitation', element: <InvitationPage />, errorElement: <Broken /> },
  { path: '/sign-in', element: <SignInPage />, errorElement: <Broken /> },
  { path: '/forgotten', element: <ForgottenPage />, errorElement: <Broken /> },
  {
    path: '/confirm',
    lazy: async () => ({ Component: (await import('../features/recipients/confirm-page.tsx')).ConfirmPage }),
    errorElement: <Broken />,
    hydrateFallbackElement: <></>,
  },
  { path: '/sso', element: <SsoPage />, errorElement: <Broken /> },
  {
    element: <SessionGate />,
    errorElement: <Broken />,
    hydrateFallbackElement: <></>,
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
          {
            path: 'recipients',
            lazy: async () => ({ Component: (await import('../features/recipients/recipients-tab.tsx')).RecipientsTab }),
          },
          { path: 'access', lazy: async () => ({ Component: (await import('../features/matters/access-tab.tsx')).AccessTab }) },
          { path: 'history', element: <HistoryTab /> },
          { path: '*', element: <Navigate to=".." replace /> },
        ],
      },
      { path: '/search', lazy: async () => ({ Component: (await import('../features/search/search-page.tsx')).SearchPage }) },
      {
        path: '/requests',
        lazy: async () => ({ Component: (await import('../features/requests/requests-page.tsx')).RequestsPage }),
        children: [
          { index: true, lazy: async () => ({ Component: (await import('../features/requests/requests-page.tsx')).RequestsFirst }) },
          { path: 'emergencies', lazy: async () => ({ Component: (await import('../features/requests/reviews-tab.tsx')).ReviewsTab }) },
          { path: 'yours', lazy: async () => ({ Component: (await import('../features/requests/yours-tab.tsx')).YoursTab }) },
          { path: '*', element: <Navigate to="/requests" replace /> },
        ],
      },
      { path: '/conflicts', lazy: async () => ({ Component: (await import('../features/conflicts/conflicts-page.tsx')).ConflictsPage }) },
      { path: '/conflicts/:check', lazy: async () => ({ Component: (await import('../features/conflicts/check-page.tsx')).CheckPage }) },
      ...wallRoutes,
      { path: '/clients/:client', lazy: async () => ({ Component: (await import('../features/matters/client-page.tsx')).ClientPage }) },
      { path: '/handling', lazy: async () => ({ Component: (await import('../features/matrix/handling-page.tsx')).HandlingPage }) },
      { path: '/holds', lazy: async () => ({ Component: (await import('../features/destruction/destruction-page.tsx')).DestructionPage }) },
      { path: '/ledger', element: <LedgerPage /> },
      {
        path: '/ledger/reviews',
        lazy: async () => ({ Component: (await import('../features/log-reviews/reviews-page.tsx')).LogReviewsPage }),
      },
      {
        path: '/ledger/reviews/:task',
        lazy: async () => ({ Component: (await import('../features/log-reviews/task-page.tsx')).LogReviewTaskPageOf }),
      },
      { path: '/integrity', lazy: async () => ({ Component: (await import('../features/integrity/integrity-page.tsx')).IntegrityPage }) },
      {
        path: '/quarantine',
        lazy: async () => ({ Component: (await import('../features/quarantine/quarantine-page.tsx')).QuarantinePage }),
      },
      { path: '/keys', lazy: async () => ({ Component: (await import('../features/keys/keys-page.tsx')).KeysPage }) },
      { path: '/people', element: <PeoplePage /> },
      {
        path: '/people/:person',
        lazy: async () => ({ Component: (await import('../features/people/person-page.tsx')).PersonPage }),
        children: [
          { index: true, lazy: async () => ({ Component: (await import('../features/people/person-roles-tab.tsx')).PersonRolesTab }) },
          {
            path: 'sign-in',
            lazy: async () => ({ Component: (await import('../features/people/person-sign-in-tab.tsx')).PersonSignInTab }),
          },
          {
            path: 'leaving',
            lazy: async () => ({ Component: (await import('../features/people/person-leaving-tab.tsx')).PersonLeavingTab }),
          },
          { path: 'reach', lazy: async () => ({ Component: (await import('../features/explain/reach-tab.tsx')).ReachTab }) },
          {
            path: 'history',
            lazy: async () => ({ Component: (await import('../features/people/person-history-tab.tsx')).PersonHistoryTab }),
          },
          { path: '*', element: <Navigate to=".." replace /> },
        ],
      },
      {
        path: '/roles',
        lazy: async () => ({ Component: (await import('../features/access/roles-page.tsx')).RolesPage }),
        children: [
          { index: true, lazy: async () => ({ Component: (await import('../features/access/roles-tab.tsx')).RolesTab }) },
          { path: 'compare', lazy: async () => ({ Component: (await import('../features/access/compare-tab.tsx')).CompareTab }) },
          { path: 'groups', lazy: async () => ({ Component: (await import('../features/access/groups-tab.tsx')).GroupsTab }) },
          { path: '*', element: <Navigate to="/roles" replace /> },
        ],
      },
      {
        path: '/approvals',
        lazy: async () => ({ Component: (await import('../features/access/approvals-page.tsx')).ApprovalsPage }),
      },
      { path: '/receivers', element: <Navigate to="/settings/receivers" replace /> },
      {
        path: '/settings',
        lazy: async () => ({ Component: (await import('../features/access/settings-page.tsx')).SettingsPage }),
        children: [
          { index: true, lazy: async () => ({ Component: (await import('../features/access/passwords-tab.tsx')).PasswordsTab }) },
          { path: 'sessions', lazy: async () => ({ Component: (await import('../features/access/sessions-tab.tsx')).SessionsTab }) },
          { path: 'identity', lazy: async () => ({ Component: (await import('../features/access/identity-tab.tsx')).IdentityTab }) },
          { path: 'directory', lazy: async () => ({ Component: (await import('../features/access/directory-tab.tsx')).DirectoryTab }) },
          { path: 'mail', lazy: async () => ({ Component: (await import('../features/access/mail-tab.tsx')).MailTab }) },
          {
            path: 'matters',
            lazy: async () => ({ Component: (await import('../features/access/matters-setting-tab.tsx')).MattersSettingTab }),
          },
          {
            path: 'search',
            lazy: async () => ({ Component: (await import('../features/access/search-setting-tab.tsx')).SearchSettingTab }),
          },
          {
            path: 'checkpoints',
            lazy: async () => ({ Component: (await import('../features/access/checkpoints-tab.tsx')).CheckpointsTab }),
          },
          { path: 'receivers', lazy: async () => ({ Component: (await import('../features/siem/receivers-tab.tsx')).ReceiversTab }) },
          { path: '*', element: <Navigate to="/settings" replace /> },
        ],
      },
      {
        path: '/account',
        lazy: async () => ({ Component: (await import('../features/account/account-page.tsx')).AccountPage }),
        children: [
          { index: true, lazy: async () => ({ Component: (await import('../features/account/signing-in-tab.tsx')).SigningInTab }) },
          { path: 'sessions', lazy: async () => ({ Component: (await import('../features/account/sessions-tab.tsx')).SessionsTab }) },
          { path: 'tokens', lazy: async () => ({ Component: (await import('../features/account/tokens-tab.tsx')).TokensTab }) },
          { path: 'notices', lazy: async () => ({ Component: (await import('../features/account/notices-tab.tsx')).NoticesTab }) },
          { path: 'screen', lazy: async () => ({ Component: (await import('../features/account/screen-tab.tsx')).ScreenTab }) },
          { path: '*', element: <Navigate to="/account" replace /> },
        ],
      },
      { path: '*', element: <Nothing /> },
    ],
  },
])
