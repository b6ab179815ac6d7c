import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import type { MatterId } from '../contract/ids.ts'
import type { RotationView, SplitView } from '../contract/key.ts'
import { readConfig } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'
import type { Joined } from './join.ts'
import { example, withPlace, type Place } from './options.ts'
import { asFresh, withCode, type Fresh } from './people.ts'
import { asPerson } from './person.ts'
import { print, printJson, progress, safe } from './terminal.ts'

const LOOK_EVERY_MS = 500

/** `key list` and `key rotate`, as the administrator who is signed in. */
export function addRotation(key: Command): void {
  const shown = withPlace(key.command('list')).description('The keys that the firm stands on, since when, and what is being replaced')
  example(shown, 'subrosa key list').action(list)
  const rotate = withCode(withPlace(key.command('rotate')))
    .argument('<what>', 'root, firm, ledger, matters, or the id of one matter')
    .description('Replace a key and wrap everything under it anew, while the firm goes on; documents are not sealed again')
  example(rotate, 'subrosa key rotate matters --code 123456').action(run)
}

async function list(options: Place): Promise<void> {
  const keys = await asPerson(readConfig(options), (firm) => firm.ask('key.list', {}))
  if (options.json) return printJson(keys)
  const { root, firm, matters, ledger } = keys
  const day = (instant: string | null) => instant?.slice(0, 10) ?? 'the beginning'
  print(
    `Root key ${root.id}, since ${day(root.since)}${root.sealedBy === 'nothing' ? '' : `; its file is sealed with a ${root.sealedBy}`}.`,
  )
  print(`Firm key ${firm.version}, since ${day(firm.since)}.`)
  print(`Ledger key of epoch ${ledger.epoch}, since ${day(ledger.since)}: ${ledger.vkey}`)
  print(`Matter keys: ${matters.count}, the oldest since ${day(matters.oldest)}.`)
  for (const one of keys.splits) print(splitLine(one))
  for (const one of keys.rotations.filter((rotation) => rotation.endedAt === null)) print(lineOf(one))
}
const splitLine = ({ set, need, custodians, isVoid }: SplitView): string =>
  safe(
    isVoid
      ? `Recovery shares ${set}: void, since the root key was replaced.`
      : `Recovery shares ${set}: any ${need} of the ${custodians.length} that ${custodians.map(({ name, acknowledgedAt }) => `${safe(name)}${acknowledgedAt ? '' : ' (not acknowledged)'}`).join(', ')} keep.`,
  )
const WORDS = { root: 'the root key', firm: 'the firm key', matter: 'the keys of matters', ledger: 'the ledger’s signing key' }
const lineOf = ({ what, done, of }: RotationView): string => `Replacing ${WORDS[what]}: ${done} of ${of || '…'}`

async function run(what: string, options: Fresh): Promise<void> {
  const body = bodyOf(what)
  const ended = await asFresh(options, async (firm) => untilEnd(firm, (await firm.ask('key.rotate', { body })).id))
  if (options.json) return printJson(ended)
  if (ended.what === 'ledger') return print('Done: the ledger has a new signing key. Give it to its witnesses; it is in: subrosa key list')
  print(`Done: ${WORDS[ended.what]} ${ended.what === 'matter' && !ended.one ? 'are' : 'is'} replaced; ${ended.done} wrapped anew.`)
  if (ended.what === 'root')
    print('The recovery sheet and shares of before open nothing of today. Print new ones: subrosa key sheet, or subrosa key split.')
}

function bodyOf(what: string): { what: RotationView['what']; matter?: MatterId } {
  if (what === 'root' || what === 'firm' || what === 'ledger') return { what }
  if (what === 'matters') return { what: 'matter' }
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(what)) return { what: 'matter', matter: what.toLowerCase() as MatterId }
  throw new Stop('usage.key', 'Name root, firm, ledger, matters, or the id of one matter.')
}

async function untilEnd(firm: Joined, id: string): Promise<RotationView> {
  const line = progress()
  try {
    for (;;) {
      const one = (await firm.ask('key.list', {})).rotations.find((rotation) => rotation.id === id)
      if (!one) throw new Stop('key.broken', 'The rotation is not there any more. Ask: subrosa key list')
      if (one.endedAt !== null) return one
      line.show(lineOf(one))
      await pause(LOOK_EVERY_MS)
    }
  } finally {
    line.end()
  }
}
