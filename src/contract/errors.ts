/**
 * Every refusal that the program can give: HTTP status and the sentence shown. Bound to `docs/errors.md` by a test.
 * A refusal behind a wall is always `nothing`. [Note: Why 404 and not 403]
 */
export const REFUSALS = {
  'nothing': [404, 'There is nothing here by that address.'],
  'input.invalid': [400, 'Something in what was sent cannot be used.'],
  'id.malformed': [400, 'That is not an id.'],
  'name.refused': [400, 'That name cannot be used.'],
  'name.taken': [409, 'A document of that name stands in that folder already.'],
  'body.length': [400, 'The body’s length is not what was announced.'],
  'body.malformed': [400, 'The body is not valid JSON.'],
  'body.too_deep': [400, 'The JSON is nested too deeply.'],
  'body.too_large': [413, 'The body is too large.'],
  'body.unsupported': [415, 'That kind of body is not taken here.'],
  'range.refused': [416, 'That part does not exist.'],
  'streams.too_many': [429, 'Too many copies are under way at once in this session. Let one end first.'],
  'document.empty': [400, 'The file is empty; an empty file is not kept.'],
  'document.broken': [500, 'The stored file does not match its checksum. It was not opened; restore it from a backup.'],
  'session.none': [401, 'Sign in first.'],
  'session.refused': [401, 'The e-mail address, the password or the code is not right.'],
  'session.too_many': [429, 'Too many tries. Wait a quarter of an hour.'],
  'may.not': [403, 'Your roles do not include this.'],
  'scope.exceeded': [403, 'This access token does not reach that far.'],
  'origin.refused': [403, 'This came from another site and was not done.'],
  'password.weak': [400, 'The password is too weak.'],
  'code.refused': [400, 'That code is not the one shown now. Type the one you see now.'],
  'email.taken': [409, 'Someone in the firm has that e-mail address.'],
  'setup.done': [409, 'The firm is set up already.'],
  'setup.secret': [403, 'This set-up link is not the one of the running server. Use the link that the last start printed.'],
  'invitation.spent': [410, 'This invitation was used or has run out. Ask for a new one.'],
  'team.member': [409, 'That person is on the team already.'],
  'team.last': [409, 'A matter cannot be left without a team. Bring someone else onto it first.'],
  'disk.full': [507, 'The disk is full. Nothing of this was kept.'],
  'clock.untrusted': [503, 'The clock went back by more than five minutes. Nothing is changed until an administrator confirms it.'],
  'fault': [500, 'Something broke on our side. Nothing of this was kept.'],
} as const satisfies Record<string, readonly [number, string]>

export type RefusalCode = keyof typeof REFUSALS

/** What every error answers: a stable code, a sentence safe to show, and for a fault a reference to quote. */
export type ErrorAnswer = { error: { code: RefusalCode; text: string; fields?: Record<string, string>; reference?: string } }
