import { useQuery, useQueryClient, useMutation } from '@tanstack/react-query'
import type { SettingName } from '../../../src/contract/access.ts'
import type { ApprovalId, GroupId, PersonId } from '../../../src/contract/ids.ts'
import type { Permission, Role } from '../../../src/contract/roles.ts'
import { ask } from '../../lib/ask.ts'
import { useActing } from '../people/api.ts'

const settingsKey = ['settings']

export const useRoles = (wanted = true) =>
  useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => ask('role.list', { signal }), enabled: wanted })

export const useGroups = (wanted = true) =>
  useQuery({ queryKey: ['groups'], queryFn: async ({ signal }) => (await ask('group.list', { signal })).groups, enabled: wanted })

export const useApprovals = (wanted = true) =>
  useQuery({ queryKey: ['approvals'], queryFn: async ({ signal }) => (await ask('approval.list', { signal })).approvals, enabled: wanted })

export const useSettings = (wanted = true) =>
  useQuery({ queryKey: settingsKey, queryFn: ({ signal }) => ask('setting.list', { signal }), enabled: wanted })

type RoleWish = { name: string; words: string; permissions: Permission[] }
/** Makes a role of the firm’s own, or with an id changes one. */
export const useKeepRole = (role?: string) =>
  useActing((body: RoleWish) => (role ? ask('role.change', { params: { role }, body }) : ask('role.create', { body })))
export const useRetireRole = () => useActing((role: string) => ask('role.retire', { params: { role } }))

export const useMakeGroup = () =>
  useActing((body: { name: string; roles: Role[]; keptBy: 'firm' | 'claims' }) => ask('group.create', { body }))
export const useChangeGroup = () =>
  useActing(({ group, ...body }: { group: GroupId; name: string; roles: Role[]; members?: PersonId[] }) =>
    ask('group.change', { params: { group }, body }),
  )

export const useDecide = () =>
  useActing(({ approval, approve }: { approval: ApprovalId; approve: boolean }) =>
    ask('approval.decide', { params: { approval }, body: { approve } }),
  )
export const useWithdraw = () => useActing((approval: ApprovalId) => ask('approval.withdraw', { params: { approval } }))

/** A change may hold a client secret, so nothing of it stays in memory. */
export function useChangeSetting(setting: SettingName) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { value: Record<string, unknown>; reason: string }) => ask('setting.change', { params: { setting }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: settingsKey }),
    gcTime: 0,
  })
}
