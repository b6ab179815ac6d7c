import { z } from 'zod'

/** Why a scanner did not look: it was not there, takes no file so large, or gave no verdict. */
export const ScanWhy = z.enum(['away', 'too-large', 'unclear'])
/**
 * What was said of a version when it was looked at for malware. `none`: nobody looked. `waiting` and `quarantined` are opened by
 * nobody; `released`: someone who may has let it out.
 */
export const ScanView = z.object({
  state: z.enum(['none', 'clean', 'waiting', 'quarantined', 'released']),
  why: ScanWhy.nullable(),
  /** What was found in it. */ signature: z.string().nullable(),
})
export type ScanView = z.infer<typeof ScanView>
