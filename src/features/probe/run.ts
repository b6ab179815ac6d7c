import { calls } from '../../contract/calls.ts'
import type { ProbeId } from '../../contract/ids.ts'
import type { Permission } from '../../contract/roles.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { Line, type Answer } from './asking.ts'
import { alike, changedSince, lookAround, type Before } from './before.ts'
import { bearerOf, PARTS, type Cast, type Part } from './cast.ts'
import { differencesOf, heldIn, plainOf, type Difference } from './compare.ts'
import type { Planted } from './nouns.ts'
import { inRandomOrder } from './order.ts'
import { looksOf, planOf, type Both, type Pair, type Plan } from './plan.ts'
import { commonOf, plant, plantOwn, type Lines } from './planting.ts'
import type { Question } from './questions.ts'
import { tell, Unplanted } from './teller.ts'
import { timeRoutes, type Timed } from './times.ts'

export type Wish = { probe: ProbeId; cast: Cast; tries: number }
/** What is known while it runs; `done` from 0 to 1. */
export type Progress = { done: number; routes: number; asked: number; differences: Difference[]; isStopped: boolean }
export type Found = {
  routes: string[]
  pairs: number
  asked: number
  differences: Difference[]
  timed: Timed[]
  /** before and after were compared */ isJudged: boolean
}

/** Permissions by which someone is told of matters that they are not on. */
const OVERSEES: Permission[] = ['ledger.oversee', 'register.read', 'grant.oversee', 'conflict.decide', 'access.oversee', 'client.merge']
const FRESH_EVERY_MS = 60_000

/**
 * One probe from end to end, through the firm's own door. Nothing that it makes is taken away here.
 * @throws Unplanted when something that it tries to see is not there, so that seeing nothing would prove nothing
 */
export async function runProbe(house: House, wish: Wish, progress: Progress): Promise<Found> {
  const lines = Object.fromEntries(PARTS.map((part) => [part, new Line(house.socket, bearerOf(wish.cast.players[part]))])) as Lines
  try {
    return await new Run(house, wish, lines, progress).all()
  } finally {
    for (const part of PARTS) lines[part].close()
  }
}

const namesInPath = ({ walled: { method, path, sent } }: Pair): boolean =>
  method !== 'GET' || sent.some((one) => path.split('?')[0]!.includes(one))

class Run {
  readonly #house: House
  readonly #wish: Wish
  readonly #lines: Lines
  readonly #progress: Progress
  readonly #since = now()
  readonly #us: string[]
  #freshAt = 0
  #marks: string[] = []

  constructor(house: House, wish: Wish, lines: Lines, progress: Progress) {
    this.#house = house
    this.#wish = wish
    this.#lines = lines
    this.#progress = progress
    const { twin, peer } = wish.cast.players
    this.#us = [twin, peer].flatMap((one) => [one.person, one.session, one.device, one.name, one.email])
  }

  async all(): Promise<Found> {
    const { probe, cast, tries } = this.#wish
    const { may } = await tell(this.#lines.twin, 'person.me')
    const common = commonOf(cast, probe)
    const own = await plantOwn(this.#house, cast, this.#lines.asker)
    const before = await lookAround([this.#lines.twin, this.#lines.peer], looksOf(common))
    const oversees = may.some((one) => OVERSEES.includes(one))
    const behind = await plant(this.#house, { probe, cast, lines: this.#lines, common, oversees })
    // what is the asker's own is not behind the wall: whoever runs the firm sees it
    this.#marks = [behind.mark, behind.words.number, ...Object.values(behind.ids).flat()]
    const isJudged = await this.#compareBefore(before)
    const planted = { ...behind, ids: { ...behind.ids, ...own } }
    const plan = planOf(planted)
    if (plan.unreached.length > 0) throw new Unplanted(`nothing is asked of ${plan.unreached.join(', ')}`)
    this.#progress.routes = plan.routes.length
    const share = tries === 0 ? 1 : 0.2
    await this.#each(plan.both, share * 0.1, 0, (both) => this.#askBoth(both))
    // lists first: afterwards the twin's own tries stand in its history, with what it tried
    const pairs = plan.pairs.toSorted((one, other) => Number(namesInPath(one)) - Number(namesInPath(other)))
    await this.#each(pairs, share * 0.9, share * 0.1, (pair) => this.#askPair(pair))
    await this.#refuseGone(plan, planted)
    const timed = tries === 0 ? [] : await this.#time(plan, share)
    await this.#refuseGone(plan, planted)
    return { routes: plan.routes, pairs: plan.pairs.length, asked: this.#asked(), differences: this.#progress.differences, timed, isJudged }
  }

  /** Before there was anything behind the wall, and now. Whether that could be judged. */
  async #compareBefore(before: Before): Promise<boolean> {
    const found = await changedSince(this.#house, this.#wish.cast, before, ({ route, question }, was, is) =>
      differencesOf(route, this.#plain(was, question), this.#plain(is, question)),
    )
    if (found) this.#note(found, ' (before there was anything behind the wall, and after)')
    return found !== null
  }

  async #each<T>(list: T[], share: number, from: number, fn: (one: T) => Promise<void>): Promise<void> {
    for (const [at, one] of list.entries()) {
      await this.#goOn()
      await fn(one)
      this.#progress.done = from + (share * (at + 1)) / list.length
      this.#progress.asked = this.#asked()
    }
  }
  #asked = (): number => PARTS.reduce((all, part) => all + this.#lines[part].asked, 0)

  /** Between two questions: whether it is still wanted, and its sessions' factors are kept fresh. */
  async #goOn(): Promise<void> {
    if (this.#progress.isStopped) throw new Unplanted('the program is stopping')
    if (now() - this.#freshAt < FRESH_EVERY_MS) return
    this.#freshAt = now()
    await this.#house.clerk({ name: 'probe' }, (db) => db.run('select hidden.keep_probe($1)', [this.#wish.probe]))
  }

  async #time(plan: Plan, from: number): Promise<Timed[]> {
    const { twin } = this.#lines
    return timeRoutes(
      plan.pairs.filter((pair) => pair.timed),
      this.#wish.tries,
      {
        ask: async (question) => {
          await this.#goOn()
          this.#progress.asked = this.#asked()
          return twin.ask(question)
        },
        found: (difference) => this.#progress.differences.push(difference),
        done: (part) => (this.#progress.done = from + (1 - from) * part),
      },
    )
  }

  async #askPair(pair: Pair): Promise<void> {
    const ask = async (): Promise<Difference[]> => {
      const [walled, nothing] = await inRandomOrder(
        () => this.#ask('twin', pair.route, pair.walled),
        () => this.#ask('twin', pair.route, pair.nothing),
      )
      return differencesOf(pair.route, this.#plain(walled, pair.walled), this.#plain(nothing, pair.nothing))
    }
    this.#note(await this.#lasting(ask, pair.walled.method), ` (${pair.about})`)
  }
  async #askBoth(both: Both): Promise<void> {
    const { route, question } = both
    const ask = async (): Promise<Difference[]> => {
      const [twin, peer] = await inRandomOrder(
        () => this.#ask('twin', route, question),
        () => this.#ask('peer', route, question),
      )
      const [own, others] = alike(both, twin, peer, this.#wish.cast.players)
      return differencesOf(route, this.#plain(own, question), this.#plain(others, question))
    }
    this.#note(await this.#lasting(ask, question.method), ' (the twin and someone who never was on the matter)')
  }
  /** What was looked at may have changed in between; what was done is not done again. */
  async #lasting(ask: () => Promise<Difference[]>, method: string): Promise<Difference[]> {
    let found = await ask()
    for (let again = 0; found.length > 0 && method === 'GET' && again < 4; again += 1) found = await ask()
    return found
  }
  #plain = (answer: Answer, question: Question) => plainOf(answer, [...question.sent, ...this.#us], this.#since)

  async #ask(part: Part, route: string, question: Question): Promise<Answer> {
    const answer = await this.#lines[part].ask(question)
    if (heldIn(answer, this.#marks, question.sent))
      this.#note([{ route, what: 'bytes', text: 'an answer holds what stands behind the wall' }])
    if (answer.status >= 500 && answer.status !== 503)
      this.#note([{ route, what: 'status', text: `${answer.status}: what a fault would have told is not known` }])
    return answer
  }

  #note(found: Difference[], about = ''): void {
    for (const one of found) {
      const { differences } = this.#progress
      const text = `${one.text}${about}`
      if (!differences.some((known) => known.route === one.route && known.what === one.what && known.text === text))
        differences.push({ ...one, text })
    }
  }

  /** Whoever keeps them is still shown what was asked for: nothing was seen because of the wall, and not because it was gone. */
  async #refuseGone(plan: Plan, planted: Planted): Promise<void> {
    const asked = [
      ...plan.both.map((both) => both.question),
      ...plan.pairs.filter((pair) => pair.route in calls).map((pair) => pair.walled),
    ]
    const looks = asked.filter((question) => question.method === 'GET')
    let seen = ''
    for (const part of ['keeper', 'asker'] as const)
      for (const question of new Map(looks.map((one) => [one.path, one])).values()) {
        await this.#goOn()
        const answer = await this.#lines[part].ask(question)
        if (answer.status < 300) seen += `${question.path} ${answer.bytes.toString('latin1')}\n`
      }
    const gone = Object.entries(planted.ids).filter(([, ids]) => !ids.some((id) => seen.includes(id)))
    if (gone.length > 0) throw new Unplanted(`nobody is shown what was planted: ${gone.map(([noun]) => noun).join(', ')}`)
  }
}
