import type { Answer, FactKind, Override } from '../../contract/gate.ts'
import { SENTENCES, type Said } from './sentences.ts'

/** What a fact concerns: a recipient by address, an item by id, the basis by its code, or the release (`''`); and what else with it. */
export type About = { of: 'recipient' | 'item' | 'basis' | 'release'; id: string; with: string | null }

/** Something that is so, before the firm's rules say what follows from it. */
export type Finding = Said & { kind: FactKind; about: About }

/** `answer`: what the firm's rules make of it. `met`: what has set it aside, so that it is told and stops nothing any more. */
export type Fact = Finding & { answer: Answer; canOverride: Override; met: 'approved' | 'overridden' | null; reason: string | null }

/** The same for the same fact about the same thing; by it a reason is kept that overrides the fact. */
export const keyOf = ({ kind, about }: { kind: FactKind; about: About }): string => JSON.stringify([kind, about.of, about.id, about.with])

export const RELEASE: About = { of: 'release', id: '', with: null }
export const recipientAt = (address: string, other: string | null = null): About => ({ of: 'recipient', id: address, with: other })
export const itemAt = (id: string, other: string | null = null): About => ({ of: 'item', id, with: other })

/** The fact with its sentence; the words are those of `SENTENCES`. */
export function finding<Kind extends FactKind>(kind: Kind, about: About, ...words: Parameters<(typeof SENTENCES)[Kind]>): Finding {
  const say = SENTENCES[kind] as (...all: string[]) => Said
  return { kind, about, ...say(...words) }
}
