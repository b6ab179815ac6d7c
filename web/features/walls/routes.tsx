import { Navigate, type RouteObject } from 'react-router'

/** Walls, memoranda, and who reaches what; each page comes when it is gone to. */
export const wallRoutes: RouteObject[] = [
  {
    path: '/walls',
    lazy: async () => ({ Component: (await import('./walls-frame.tsx')).WallsFrame }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./walls-list.tsx')).WallsList }) },
      { path: 'wide', lazy: async () => ({ Component: (await import('../explain/wide-page.tsx')).WidePage }) },
      { path: 'probe', lazy: async () => ({ Component: (await import('../probe/probe-page.tsx')).ProbePage }) },
    ],
  },
  { path: '/access/wide', element: <Navigate to="/walls/wide" replace /> },
  { path: '/walls/new', lazy: async () => ({ Component: (await import('./raise-page.tsx')).RaisePage }) },
  {
    path: '/walls/:wall',
    lazy: async () => ({ Component: (await import('./wall-page.tsx')).WallPage }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./wall-papers-tab.tsx')).WallPapersTab }) },
      { path: 'seen', lazy: async () => ({ Component: (await import('./wall-seen-tab.tsx')).WallSeenTab }) },
      { path: 'kept', lazy: async () => ({ Component: (await import('./wall-kept-tab.tsx')).WallKeptTab }) },
      { path: '*', element: <Navigate to=".." replace /> },
    ],
  },
  { path: '/memoranda', lazy: async () => ({ Component: (await import('./memoranda-page.tsx')).MemorandaPage }) },
]
