import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SessionId } from '../../../src/contract/ids.ts'
import type { Permission, Role } from '../../../src/contract/roles.ts'
import { ask } from '../../lib/ask.ts'

const peopleKey = ['people']
const tokensKey = ['tokens']

export const usePeople = () =>
  useQuery({ queryKey: peopleKey, queryFn: async ({ signal }) => (await ask('person.list', { signal })).people })

export function useInvite() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; email: string; roles: Role[] }) => ask('person.create', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: peopleKey }),
    gcTime: 0,
  })
}

export const useTokens = () =>
  useQuery({ queryKey: tokensKey, queryFn: async ({ signal }) => (await ask('token.list', { signal })).tokens })

export type NewToken = { name: string; days: number; scope?: Permission[]; password: string; code?: string; recoveryCode?: string }

export function useMakeToken() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: NewToken) => ask('token.create', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: tokensKey }),
    gcTime: 0,
  })
}

export function useRevokeToken() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (token: SessionId) => ask('token.revoke', { params: { token } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: tokensKey }),
  })
}
