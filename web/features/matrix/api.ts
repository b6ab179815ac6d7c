import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Handling, Matrix } from '../../../src/contract/matrix.ts'
import type { Class } from '../../../src/contract/words.ts'
import { ask } from '../../lib/ask.ts'
import { useMe } from '../session/api.ts'

const matrixKey = ['matrix']

/** The matrix that holds now, or an older version of it. */
export const useMatrix = (version?: number, wanted = true) =>
  useQuery({
    queryKey: [...matrixKey, version ?? 'now'],
    queryFn: ({ signal }) => ask('matrix.read', { query: version === undefined ? {} : { version }, signal }),
    enabled: wanted,
  })

export const useMatrixHistory = () =>
  useQuery({ queryKey: [...matrixKey, 'versions'], queryFn: async ({ signal }) => (await ask('matrix.history', { signal })).versions })

export function useChangeMatrix() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { matrix: Matrix; reason: string; version: number }) => ask('matrix.change', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: matrixKey }),
  })
}

/** How one class is handled: null while it is read, undefined where it cannot be. */
export function useHandling(its: Class): Handling | null | undefined {
  const mayRead = useMe().data?.may.includes('matrix.read') ?? false
  const matrix = useMatrix(undefined, mayRead)
  if (matrix.data) return matrix.data.matrix.classes[its]
  return mayRead && matrix.isPending ? null : undefined
}
