import type { WitnessId } from '../../contract/ids.ts'
import { ALARMING, WITNESS_FAULTS, type WitnessView } from '../../contract/witness.ts'
import { parseCosignerKey } from '../../core/cosignature.ts'
import { iso } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { firmText } from '../keys/firm-words.ts'
import type { SeenWitness } from './queries.ts'

export const viewOf = (house: Pick<House, 'keys'>, row: SeenWitness): WitnessView => ({
  id: row.id as WitnessId,
  name: parseCosignerKey(row.vkey).name,
  url: row.url,
  key: row.vkey,
  addedBy: firmText(house.keys, 'people', 'sealed_name', row.added_by, row.by),
  addedAt: iso(row.added_at),
  retiredAt: row.retired_at && iso(row.retired_at),
  last: row.last_size === null ? null : { size: row.last_size, at: iso(row.last_at!) },
  askedAt: row.asked_at && iso(row.asked_at),
  fault: row.fault && {
    code: row.fault,
    text: WITNESS_FAULTS[row.fault],
    since: iso(row.fault_at!),
    isAlarming: ALARMING.includes(row.fault),
  },
})
