import type { House } from './platform/house.ts'
import type { Rounds } from './platform/rounds.ts'
import { openSweeper } from './features/notices/sweeper.ts'
import { openRotator } from './features/rotation/rotator.ts'
import { openLeavers } from './features/people/leavers.ts'
import { openEraser } from './features/vault/erasing.ts'

/** What keeps house by itself, round after round. */
export const openKeepers = (house: House): Rounds[] => [openLeavers(house), openSweeper(house), openEraser(house), openRotator(house)]
