import { allOf, anyOf, MOST_LEAVES, nearOf, noneOf, type Nearness, type Note, type Reading } from './joining.ts'
import { tokensOf, type Token } from './lexing.ts'
import type { Node, Query } from './query.ts'
import { understood } from './understood.ts'
import { sizeOf } from './written.ts'

const MOST_CHARACTERS = 2000
const MOST_DEEP = 50
const MOST_NOTES = 12

/**
 * A search as a lawyer writes it, read as well as it can be; `today` is an ISO 8601 day. It never throws, whatever is written. OR binds
 * tighter than proximity, proximity tighter than a space or AND (as in Westlaw, Lexis and Relativity), NOT takes all of that: `a b OR c`
 * is a and either of b and c.
 */
export function parse(text: string, today: string): Query {
  const notes = new Set<string>()
  const note: Note = (said) => {
    if (notes.size < MOST_NOTES) notes.add(said)
  }
  if (text.length > MOST_CHARACTERS) note('Only the first 2,000 characters were read.')
  const tokens = tokensOf(text.slice(0, MOST_CHARACTERS).toWellFormed(), today, note)
  const size = tokens.reduce((sum, token) => sum + (token.kind === 'leaf' && token.node ? sizeOf(token.node) : 0), 0)
  const read = joined(settled(balanced(tokens, note), note), { note, spare: MOST_LEAVES - size })
  if (read?.kind === 'not') note('This would only leave things out: add something to look for.')
  const node = read?.kind === 'not' ? null : read
  return { node, understood: understood(node), notes: [...notes] }
}

/** Every parenthesis with its other one, at most so many deep. */
function balanced(tokens: readonly Token[], note: Note): Token[] {
  const kept: Token[] = []
  let [open, passed] = [0, 0]
  for (const token of tokens) {
    if (token.kind === 'open' && open === MOST_DEEP) {
      note(`Parentheses were read ${MOST_DEEP} deep.`)
      passed += 1
    } else if (token.kind === 'close' && passed > 0) passed -= 1
    else if (token.kind === 'close' && open === 0) note('A closing parenthesis without an opening one was left out.')
    else {
      if (token.kind === 'open') open += 1
      if (token.kind === 'close') open -= 1
      kept.push(token)
    }
  }
  if (open + passed > 0) note('A parenthesis was not closed: it was closed at the end.')
  return [...kept, ...Array.from({ length: open }, () => ({ kind: 'close' }) as const)]
}

/** Every operator with what it stands between: of two in a row the last counts, one beside nothing is left out. */
function settled(tokens: readonly Token[], note: Note): Token[] {
  const kept: Token[] = []
  const last = (): Token | undefined => kept.at(-1)
  const isOperator = (token: Token | undefined): token is Exclude<Token, { kind: 'leaf' | 'open' | 'close' }> =>
    token !== undefined && token.kind !== 'leaf' && token.kind !== 'open' && token.kind !== 'close'
  const dropTrailing = (): void => {
    for (let end = last(); isOperator(end); end = last()) {
      note(`“${end.written}” was left out: nothing stands after it.`)
      kept.pop()
    }
  }
  for (const token of tokens) {
    if (token.kind === 'close') {
      dropTrailing()
      if (last()?.kind !== 'open') kept.push(token)
      else kept[kept.length - 1] = { kind: 'leaf', node: null, written: '()', isSmall: false }
    } else if (!isOperator(token) || token.kind === 'not') kept.push(token)
    else {
      let isUnread = false
      for (let end = last(); isOperator(end); end = last()) {
        isUnread ||= end.kind === 'not' && token.kind === 'near'
        note(`“${end.written} ${token.written}” was read as “${isUnread ? 'AND' : token.written}”.`)
        kept.pop()
      }
      if (last() === undefined || last()!.kind === 'open') note(`“${token.written}” was left out: nothing stands before it.`)
      else if (!isUnread) kept.push(token)
    }
  }
  dropTrailing()
  return kept
}

/** The tokens as one node. Parentheses are balanced and at most so many deep, so that it cannot go too deep itself. */
function joined(tokens: readonly Token[], reading: Reading): Node | null {
  let at = 0
  const isAt = (kind: Token['kind']): boolean => tokens[at]?.kind === kind

  const all = (): Node | null => {
    const nodes: (Node | null)[] = []
    while (at < tokens.length && !isAt('close')) {
      if (isAt('and')) at += 1
      nodes.push(near())
    }
    return allOf(nodes)
  }
  const near = (): Node | null => {
    // NOT takes what is near each other as one
    const isLeftOut = readNots()
    let node = any()
    while (isAt('near')) {
      const nearness = tokens[at++] as Token & Nearness
      node = nearOf(node, nearness, any(), reading)
    }
    return isLeftOut ? noneOf(node) : node
  }
  const any = (): Node | null => {
    const nodes = [one()]
    for (; isAt('or'); nodes.push(one())) at += 1
    return nodes.length === 1 ? nodes[0]! : anyOf(nodes, reading.note)
  }
  const one = (): Node | null => {
    const isLeftOut = readNots()
    const token = tokens[at++]
    let node = token?.kind === 'leaf' ? token.node : null
    if (token?.kind === 'open') {
      node = all()
      at += 1
    }
    return isLeftOut ? noneOf(node) : node
  }
  const readNots = (): boolean => {
    let isOdd = false
    for (; isAt('not'); at += 1) isOdd = !isOdd
    return isOdd
  }
  return all()
}
