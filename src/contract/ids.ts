import { z } from 'zod'

/**
 * Ids are UUIDv7 (RFC 9562), made in Node, branded so that one kind cannot stand in for another. They are read in either case
 * and handled in small letters: what is sealed is bound to them as text.
 */
const id = <B extends string>() => z.uuid().toLowerCase().brand<B>()

export const PersonId = id<'person'>()
export const SessionId = id<'session'>()
export const DeviceId = id<'device'>()
export const PasskeyId = id<'passkey'>()
export const ApprovalId = id<'approval'>()
export const GroupId = id<'group'>()
export const HandoverId = id<'handover'>()
export const ClientId = id<'client'>()
export const MatterId = id<'matter'>()
export const PartyId = id<'party'>()
export const RecipientId = id<'recipient'>()
export const AddressId = id<'address'>()
export const WallId = id<'wall'>()
export const ConfirmationId = id<'confirmation'>()
export const RequestId = id<'request'>()
export const HoldId = id<'hold'>()
export const DestructionId = id<'destruction'>()
export const CheckId = id<'check'>()
export const ProbeId = id<'probe'>()
export const DocumentId = id<'document'>()
export const VersionId = id<'version'>()
export const UploadId = id<'upload'>()
export const OpeningId = id<'opening'>()
export const WitnessId = id<'witness'>()
export const BundleId = id<'bundle'>()
export const EntryId = id<'entry'>()
export const SearchId = id<'search'>()
export const LogReviewId = id<'log-review'>()
export const LogReviewTaskId = id<'log-review-task'>()

export type PersonId = z.infer<typeof PersonId>
export type SessionId = z.infer<typeof SessionId>
export type DeviceId = z.infer<typeof DeviceId>
export type PasskeyId = z.infer<typeof PasskeyId>
export type ApprovalId = z.infer<typeof ApprovalId>
export type GroupId = z.infer<typeof GroupId>
export type HandoverId = z.infer<typeof HandoverId>
export type ClientId = z.infer<typeof ClientId>
export type MatterId = z.infer<typeof MatterId>
export type PartyId = z.infer<typeof PartyId>
export type RecipientId = z.infer<typeof RecipientId>
export type AddressId = z.infer<typeof AddressId>
export type WallId = z.infer<typeof WallId>
export type ConfirmationId = z.infer<typeof ConfirmationId>
export type RequestId = z.infer<typeof RequestId>
export type HoldId = z.infer<typeof HoldId>
export type DestructionId = z.infer<typeof DestructionId>
export type CheckId = z.infer<typeof CheckId>
export type ProbeId = z.infer<typeof ProbeId>
export type DocumentId = z.infer<typeof DocumentId>
export type VersionId = z.infer<typeof VersionId>
export type UploadId = z.infer<typeof UploadId>
export type OpeningId = z.infer<typeof OpeningId>
export type WitnessId = z.infer<typeof WitnessId>
export type BundleId = z.infer<typeof BundleId>
export type EntryId = z.infer<typeof EntryId>
export type SearchId = z.infer<typeof SearchId>
export type LogReviewId = z.infer<typeof LogReviewId>
export type LogReviewTaskId = z.infer<typeof LogReviewTaskId>
