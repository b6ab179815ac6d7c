import { Nothing } from '../../ui/fault.tsx'
import { useMe } from '../session/api.ts'
import { Tokens } from './tokens.tsx'

export function TokensTab() {
  const me = useMe().data
  if (!me) return null
  return me.may.includes('token.manage') ? <Tokens me={me} /> : <Nothing />
}
