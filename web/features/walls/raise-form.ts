import type { UseFormReturnType } from '@mantine/form'
import type { Values } from './raise-values.ts'

export type RaiseForm = UseFormReturnType<Values>
