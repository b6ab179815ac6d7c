import type { House } from './platform/house.ts'
import type { Rounds } from './platform/rounds.ts'
import { openDestroyer } from './features/destruction/executing.ts'
import { openLedgerChecker } from './features/ledger-checks/checking.ts'
import { openReviewer } from './features/log-reviews/reviewing.ts'
import { openSweeper } from './features/notices/sweeper.ts'
import { openShareReminder } from './features/rotation/custodians.ts'
import { openWitnessKeeper } from './features/witnesses/asking.ts'
import { openPublisher } from './features/witnesses/publishing.ts'
import { openRecoveryTeller } from './features/rotation/recovered.ts'
import { openRotator } from './features/rotation/rotator.ts'
import { openIndexer } from './features/search/indexer.ts'
import { openTeller } from './features/search/telling.ts'
import { Senders } from './features/siem/sending.ts'
import { openLeavers } from './features/people/leavers.ts'
import { openLapsing } from './features/vault/lapsing.ts'
import { openRescan } from './features/vault/rescan.ts'
import { openEraser } from './features/vault/erasing.ts'
import { openScrubber } from './features/vault/scrubbing.ts'
import { openMover } from './features/vault/storing.ts'

/** What keeps house by itself, round after round. */
export const openKeepers = (house: House): Rounds[] => [
  openLeavers(house),
  openSweeper(house),
  openEraser(house),
  openDestroyer(house),
  openRescan(house),
  openLapsing(house),
  openMover(house),
  openScrubber(house),
  openRotator(house),
  openRecoveryTeller(house),
  openShareReminder(house),
  new Senders(house),
  openLedgerChecker(house),
  openReviewer(house),
  openWitnessKeeper(house),
  openPublisher(house),
  ...openIndexer(house),
  openTeller(house),
]
