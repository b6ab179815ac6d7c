/** The closed list of deeds that the ledger knows, each with the words that a page puts between who and what. */
export const DEEDS = {
  'firm.founded': 'founded the firm',
  'person.invited': 'invited',
  'person.joined': 'joined the firm',
  'session.created': 'signed in',
  'session.refused': 'was refused a sign-in',
  'session.ended': 'signed out',
  'token.created': 'made an access token',
  'token.revoked': 'revoked an access token',
  'client.created': 'took on the client',
  'matter.created': 'opened the matter',
  'team.joined': 'brought onto the team',
  'team.left': 'took off the team',
  'document.added': 'added',
  'document.opened': 'opened',
  'document.downloaded': 'took a copy of',
  'document.delivered': 'was sent',
  'nothing.answered': 'asked for something that is not there',
  'act.refused': 'was refused',
  'clock.confirmed': 'confirmed the clock',
} as const
export type Deed = keyof typeof DEEDS
export const deedNames = Object.keys(DEEDS) as [Deed, ...Deed[]]
