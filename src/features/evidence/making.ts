import type { FastifyReply } from 'fastify'
import { setTimeout as pause } from 'node:timers/promises'
import type { EvidenceHead, EvidenceParts } from '../../core/evidence.ts'
import { newestKey } from '../../core/epoch.ts'
import { FORMAT, packEvidence } from '../../core/evidence.ts'
import { checkClaims, subjectFaults } from '../../core/evidence-claims.ts'
import { pageWith } from '../../core/evidence-page.ts'
import { withCosignatures } from '../../core/cosignature.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { evidencePage } from '../../platform/evidence-page.ts'
import type { House } from '../../platform/house.ts'
import { makePdf, PdfBusy } from '../../platform/pdf.ts'
import { PdfTooLong } from '../../platform/pdf-document.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isAllowed, type Ask, type Here, type Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { epochsOf, isSigningKey, readLedgerKey } from '../ledger/epochs.ts'
import { rememberAllAsClerk } from '../ledger/ledger.ts'
import { inclusionOfMany } from '../ledger/proofs.ts'
import { tilesOfClerk } from '../ledger/tile-queries.ts'
import { signingKey } from '../ledger/tree.ts'
import { firmNameOf } from '../sign-in/links.ts'
import { checkedOf } from './checked.ts'
import { choose, type Wish } from './choosing.ts'
import { gather, type Gathered } from './gathering.ts'
import { fieldOf, type Choice } from './opening.ts'
import { checkpointBeyond, databaseTime, isKnown, makingOf, mattersOf } from './queries.ts'
import { reportOf } from './report.ts'

type Body = Input<'bundle.create'>['body']
const PATIENCE_MS = 15_000

/**
 * Makes one file that proves entries of the ledger to a stranger. What nobody may see of it is nothing; that there is none is
 * looked at before anything is written. Then it is an act, and an entry in each matter that it is of; once those are numbered, they are
 * its last entries, and prove that nothing came between.
 */
export async function make(ask: Ask, { body }: Input<'bundle.create'>): Promise<FastifyReply | null> {
  const { house } = ask
  const wish = await ask.look((here) => wishOf(here, body))
  if (!wish) return null
  if (wish.absent) await refusePresent(ask, wish, body)
  else await choose(house, { ...wish, to: wish.to ?? iso(new Date(now())) }, null)
  const bundle = uuidv7(now())
  const by = await ask.act('evidence.made', async ({ me }) =>
    remembered({ object: bundle, details: { of: wish.kind } }, { actor: me.person as string, session: me.session as string }),
  )
  if (!by) return null
  for (const matter of wish.matters)
    await house.clerk({ name: 'evidence', matter }, (db) =>
      rememberAllAsClerk(house, db, [
        { deed: 'evidence.made', ...by, subject: { matter: matter as never, object: bundle, details: { of: wish.kind } } },
      ]),
    )
  await numbered(house, bundle, 1 + wish.matters.length)
  const choice = choiceOf(wish, body)
  const chosen = await choose(house, wish, bundle)
  const found = await ask.look((here) => gather(here, wish, choice, chosen))
  const head = await headOf(house, wish, bundle, by.actor, found)
  refuseFaults(head, found, body)
  return send(ask, await packed(house, head, found))
}

/** Null where this reader sees nothing of it. @throws Refusal */
async function wishOf(here: Here, { of, from, to, absent }: Body): Promise<Wish | null> {
  const [kind, value] = Object.entries(of)[0] as [Wish['kind'], string | true]
  const id = value === true ? null : value
  if (kind === 'period' && !isAllowed(here.me, 'ledger.read')) throw new Refusal('may.not')
  if (absent && kind !== 'matter' && kind !== 'period')
    throw new Refusal('input.invalid', { fields: { absent: 'That there is none can be shown of a matter or a period.' } })
  const time = iso(await databaseTime(here.db))
  const period = { from: from ? iso(new Date(from)) : null, to: to ? iso(new Date(to)) : absent ? time : null }
  if ((period.from ?? '') > (period.to ?? time) || (period.to ?? '') > time)
    throw new Refusal('input.invalid', { fields: { to: 'A period ends after it begins, and not after now.' } })
  if (!(await isKnown(here.db, of))) return null
  const matters =
    kind === 'matter' ? [id!] : kind === 'client' ? await mattersOf(here.db, id!) : kind === 'document' ? await matterOf(here, id!) : []
  return { of, kind, id, matters, ...period, absent: absent ?? null }
}

const matterOf = async ({ db }: Here, document: string): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      'select distinct e.matter_id as id from ledger.entries e where e.object = $1 and e.matter_id is not null',
      [document],
    )
  ).map((row) => row.id)

function choiceOf(wish: Wish, { details, show, conceal, reveal }: Body): Choice {
  return {
    kind: wish.kind,
    id: wish.id,
    matters: new Set(wish.matters),
    details: details ?? !['person', 'period'].includes(wish.kind),
    show,
    conceal: new Set(conceal.map(({ entry, field }) => fieldOf(entry, field))),
    reveal: new Set(reveal.map(({ entry, field }) => fieldOf(entry, field))),
  }
}

/** @throws Refusal `evidence.present` where there is an entry by that person, or one of which this reader does not see whose it is */
async function refusePresent(ask: Ask, wish: Wish, body: Body): Promise<void> {
  const chosen = await choose(ask.house, wish, null)
  const found = await ask.look((here) => gather(here, wish, choiceOf(wish, { ...body, details: false, show: [] }), chosen))
  const head = { period: { from: wish.from, to: wish.to }, claims: found.claims, names: found.names } as EvidenceHead
  // the end of it is not yet there: the entry of its making will be
  const absence = checkClaims(head, checkedOf(found.lines)).find(({ claim }) => claim.kind === 'absence')
  if (absence?.fault) throw new Refusal('evidence.present', { text: `That there is none cannot be shown. ${absence.fault}` })
}

/** Waits until the entries of its making have their places. @throws Refusal `evidence.waiting` */
async function numbered(house: House, bundle: string, expected: number): Promise<void> {
  for (const until = now() + PATIENCE_MS; ; await pause(50)) {
    const made = await house.clerk({ name: 'evidence' }, (db) => makingOf(db, bundle))
    if (made.length === expected) return
    if (now() > until) throw new Refusal('evidence.waiting')
  }
}

async function headOf(house: House, wish: Wish, bundle: string, maker: string, found: Gathered): Promise<EvidenceHead> {
  const { origin, first, later } = await house.clerk({ name: 'evidence' }, async (db) => {
    const epochs = await epochsOf(db)
    // another process may have begun one
    if (!isSigningKey(epochs, house.keys)) await readLedgerKey(db, house.keys, house.rootKey)
    return epochs
  })
  const { claims, names, origins, destroyed } = found
  return {
    format: FORMAT,
    id: bundle,
    made: iso(new Date(now())),
    firm: await firmNameOf(house),
    maker,
    subject: { kind: wish.kind, id: wish.id },
    period: { from: wish.from, to: wish.to },
    claims,
    names,
    origins,
    destroyed,
    log: { origin, first, epochs: later.map((one) => one.note), vkey: newestKey({ origin, first, later }) },
    witnesses: [],
  }
}

/** What is concealed may be what the evidence is about: it would be found not to hold. @throws Refusal */
function refuseFaults(head: EvidenceHead, { lines }: Gathered, { conceal }: Body): void {
  const entries = checkedOf(lines)
  const fault = [...subjectFaults(head, entries), ...checkClaims(head, entries).flatMap((claim) => claim.fault ?? [])][0]
  if (!fault) return
  if (conceal.length > 0) throw new Refusal('input.invalid', { fields: { conceal: `With this left out it shows nothing: ${fault}` } })
  throw new Refusal('evidence.present', { text: fault })
}

async function packed(house: House, head: EvidenceHead, { lines, places }: Gathered): Promise<Buffer> {
  const proved = await house.clerk({ name: 'evidence' }, async (db) => {
    const checkpoint = await checkpointBeyond(db, places.at(-1)?.n ?? 0)
    const proof = await inclusionOfMany(
      tilesOfClerk(db),
      places.map((place) => place.n),
      checkpoint.size,
    )
    return {
      checkpoint: withCosignatures(checkpoint.note, checkpoint.lines),
      size: checkpoint.size,
      witnesses: checkpoint.witnesses,
      proof,
    }
  })
  const whole = { ...head, witnesses: proved.witnesses }
  const report = await makePdf(reportOf(whole, checkedOf(lines), proved)).catch((fault: unknown) => {
    if (fault instanceof PdfTooLong || fault instanceof PdfBusy) throw new Refusal('pack.unprinted', { text: fault.message, cause: fault })
    throw fault
  })
  const parts: EvidenceParts = {
    head: whole,
    lines,
    proof: proved.proof,
    checkpoint: proved.checkpoint,
    report,
  }
  const page = await evidencePage()
  return packEvidence(parts, signingKey(house.keys).sign, (files) => (page === null ? null : pageWith(page, files)))
}

const send = ({ reply }: Ask, zip: Buffer): FastifyReply =>
  reply
    .code(200)
    .header('content-type', 'application/zip')
    .header('content-length', zip.length)
    .header('content-disposition', 'attachment; filename="evidence.zip"')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(zip)
