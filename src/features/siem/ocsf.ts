import { DEEDS, type Deed } from '../../contract/deeds.ts'
import { iso } from '../../platform/clock.ts'
import { areaOf, hasFailed, severityOf, type Sent } from './entries.ts'

/** Open Cybersecurity Schema Framework (schema.ocsf.io); classes and activities are those of this version. */
export const OCSF_VERSION = '1.1.0'
const OTHER = 99
const SEVERITIES = { information: 1, low: 2, medium: 3, high: 4 } as const

type Kind = { category: 3 | 6; name: string; activities: Partial<Record<Deed, number>> }
/** Classes by number. What a class has no activity for is 99 (other), and `activity_name` says it. */
const CLASSES: Record<number, Kind> = {
  3001: {
    category: 3,
    name: 'Account Change',
    activities: {
      'person.invited': 1,
      'person.joined': 2,
      'person.returned': 2,
      'person.stayed': 2,
      'password.changed': 3,
      'password.reset': 4,
      'password.forgotten': 4,
      'person.reset': 4,
      'person.left': 5,
      'person.changed': 7,
      'account.closed': 9,
      'factor.enrolled': 10,
      'passkey.created': 10,
      'recovery.created': 10,
      'factor.removed': 11,
      'passkey.revoked': 11,
    },
  },
  3002: {
    category: 3,
    name: 'Authentication',
    activities: { 'session.created': 1, 'session.refused': 1, 'session.ended': 2, 'session.revoked': 2, 'session.moved': 2 },
  },
  3004: { category: 3, name: 'Entity Management', activities: {} },
  6006: {
    category: 6,
    name: 'File Hosting Activity',
    activities: {
      'document.added': 1,
      'document.downloaded': 2,
      'document.delivered': 2,
      'bundle.made': 2,
      'bundle.delivered': 2,
      'version.added': 3,
      'document.classified': 3,
      'document.described': 3,
      'document.trashed': 4,
      'document.destroyed': 4,
      'document.renamed': 5,
      'document.copied': 6,
      'document.moved': 7,
      'document.sent': 7,
      'document.restored': 8,
      'pictures.shown': 9,
      'document.locked': 10,
      'document.unlocked': 11,
      'document.opened': 14,
    },
  },
}
const AREAS: Record<string, number> = {
  session: 3002,
  person: 3001,
  account: 3001,
  password: 3001,
  factor: 3001,
  passkey: 3001,
  recovery: 3001,
  identity: 3001,
  token: 3001,
  document: 6006,
  version: 6006,
  bundle: 6006,
  pictures: 6006,
}
/** Activities of Entity Management by the word of the deed. */
const CREATED = ['created', 'added', 'founded', 'raised', 'placed', 'begun', 'made', 'issued', 'opened', 'joined']
const READ = ['seen', 'read', 'explained', 'checked', 'packed', 'shown', 'run', 'answered']
const ENDED = ['removed', 'retired', 'lifted', 'destroyed', 'withdrawn', 'left']
function managed(deed: Deed): number {
  const word = deed.slice(deed.indexOf('.') + 1)
  return CREATED.includes(word) ? 1 : READ.includes(word) ? 2 : ENDED.includes(word) ? 4 : 3
}

/** One event as an object of OCSF; its members that are null are left out. */
export function ocsfEvent(entry: Sent): Record<string, unknown> {
  const { deed, actor, name, object, matter, address, via } = entry
  const uid = AREAS[areaOf(deed)] ?? 3004
  const kind = CLASSES[uid]!
  const activity = uid === 3004 ? managed(deed) : (kind.activities[deed] ?? OTHER)
  const user = { uid: actor ?? 'nobody', ...(name !== null && { name }) }
  return {
    metadata: {
      version: OCSF_VERSION,
      product: { name: 'Subrosa', vendor_name: 'Subrosa' },
      uid: entry.id,
      event_code: deed,
      sequence: entry.n,
      logged_time: entry.numbered.getTime(),
      original_time: iso(entry.at),
    },
    time: entry.at.getTime(),
    category_uid: kind.category,
    class_uid: uid,
    class_name: kind.name,
    activity_id: activity,
    activity_name: DEEDS[deed],
    type_uid: uid * 100 + activity,
    severity_id: SEVERITIES[severityOf(deed)],
    status_id: hasFailed(deed) ? 2 : 1,
    status: hasFailed(deed) ? 'Failure' : 'Success',
    message: deed,
    actor: { user, ...(entry.session && { session: { uid: entry.session } }) },
    // an endpoint has to say something of itself, and the clerk has no address
    src_endpoint: address === null ? { name: via } : { ip: address, name: via },
    ...(uid === 3001 && { user: { uid: object ?? user.uid } }),
    ...(uid === 3002 && { user, service: { name: 'Subrosa' } }),
    ...(uid === 3004 && { entity: { uid: object ?? matter ?? entry.id, type: areaOf(deed) } }),
    // a file's name stays behind the wall: its id stands in its place
    ...(uid === 6006 && { file: { uid: object ?? 'none', name: object ?? 'none', type_id: 1 } }),
    unmapped: { via, ...(matter && { matter }), ...(object && { object }), leaf: entry.leaf.toString('base64') },
  }
}
