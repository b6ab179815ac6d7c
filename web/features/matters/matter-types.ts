import type { SettingValue } from '../../../src/contract/access.ts'
import { useSettings } from '../access/api.ts'
import { useMe } from '../session/api.ts'

/** The types that the firm offers, for those who may read its settings; anyone may type another. */
export function useMatterTypes(): string[] {
  const mayRead = useMe().data?.may.includes('setting.read') ?? false
  const setting = useSettings(mayRead).data?.settings.find(({ name }) => name === 'matters')
  return (setting?.value as Partial<SettingValue<'matters'>> | undefined)?.types ?? []
}
