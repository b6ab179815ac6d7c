import { z } from 'zod'

/** Ids are UUIDv7 (RFC 9562), made in Node, branded so that one kind cannot stand in for another. */
const id = <B extends string>() => z.uuid().brand<B>()

export const PersonId = id<'person'>()
export const SessionId = id<'session'>()
export const DeviceId = id<'device'>()
export const PasskeyId = id<'passkey'>()
export const ApprovalId = id<'approval'>()
export const GroupId = id<'group'>()
export const HandoverId = id<'handover'>()
export const ClientId = id<'client'>()
export const MatterId = id<'matter'>()
export const DocumentId = id<'document'>()
export const VersionId = id<'version'>()
export const OpeningId = id<'opening'>()
export const EntryId = id<'entry'>()

export type PersonId = z.infer<typeof PersonId>
export type SessionId = z.infer<typeof SessionId>
export type DeviceId = z.infer<typeof DeviceId>
export type PasskeyId = z.infer<typeof PasskeyId>
export type ApprovalId = z.infer<typeof ApprovalId>
export type GroupId = z.infer<typeof GroupId>
export type HandoverId = z.infer<typeof HandoverId>
export type ClientId = z.infer<typeof ClientId>
export type MatterId = z.infer<typeof MatterId>
export type DocumentId = z.infer<typeof DocumentId>
export type VersionId = z.infer<typeof VersionId>
export type OpeningId = z.infer<typeof OpeningId>
export type EntryId = z.infer<typeof EntryId>
