import type { ADDRESS_KINDS, Level, METHODS, PARTS, SIDES } from '../../../src/contract/recipient.ts'

export const PART_WORDS: Record<(typeof PARTS)[number], string> = {
  'client': 'Client',
  'co-party': 'Co-party',
  'adverse': 'Adverse party',
  'counsel': 'Counsel',
  'witness': 'Witness',
  'expert': 'Expert',
  'court': 'Court',
  'other': 'Other',
}
export const SIDE_WORDS: Record<string, string> & Record<(typeof SIDES)[number], string> = {
  ours: 'on our side',
  theirs: 'on the other side',
  neither: 'on no side',
}
export const KIND_WORDS: Record<(typeof ADDRESS_KINDS)[number], string> = { email: 'E-mail', phone: 'Telephone', post: 'Post' }
/** As it stands after `confirmed by`. */
export const METHOD_WORDS: Record<string, string> & Record<(typeof METHODS)[number], string> = {
  'loop': 'an answer from it',
  'question': 'a question about them',
  'code': 'a code by another channel',
  'call-back': 'a call to a number known before',
  'directory': 'a directory',
  'certificate': 'a signature or key',
  'identity': 'an identity document',
  'register': 'a register',
}
export const LEVEL_WORDS: Record<Level, string> = {
  V0: 'Not confirmed',
  V1: 'Answers',
  V2: 'Confirmed',
  V3: 'Proved',
  V4: 'Identified',
}
