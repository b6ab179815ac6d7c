/** The firm that the wall's proof speaks of: who is where, what stands around what. Times are hours from now. */
export type Term = { from: number; to: number | null }
export type Firm = {
  people: number
  /** each client's matters by index */ clients: number[][]
  groups: number[][]
  team: ({ person: number; matter: number } & Term)[]
  openings: ({ group: number; matter: number } & Term)[]
  walls: (Term & {
    lifted: boolean
    withholds: boolean
    targets: { matter: number | null; client: number | null; side: 'a' | 'b' }[]
    screened: { person: number | null; group: number | null; side: 'a' | 'b' }[]
    acknowledged: number[]
  })[]
  /** class of each matter */ classes: ('confidential' | 'privileged' | 'restricted')[]
}

// The whole wall in twenty lines: on a path, not screened, owing nothing.
export function sees(firm: Firm, person: number, matter: number, at = 0): boolean {
  const now = ({ from, to }: Term) => from <= at && (to === null || to > at)
  const isIn = (group: number) => firm.groups[group]!.includes(person)
  const fits = (group: number) => {
    if (firm.classes[matter] === 'restricted') return false
    return firm.classes[matter] !== 'privileged' || firm.groups[group]!.length <= 15
  }
  const path =
    firm.team.some((one) => one.person === person && one.matter === matter && now(one)) ||
    firm.openings.some((one) => one.matter === matter && now(one) && isIn(one.group) && fits(one.group))
  const around = firm.walls
    .filter((wall) => now(wall) && !wall.lifted)
    .flatMap((wall) => wall.targets.map((target) => ({ wall, target })))
    .filter(({ target }) => target.matter === matter || (target.client !== null && firm.clients[target.client]!.includes(matter)))
  const screened = around.some(({ wall, target }) =>
    wall.screened.some((one) => one.side === target.side && (one.person === person || (one.group !== null && isIn(one.group)))),
  )
  const owes = around.some(({ wall }) => wall.withholds && !wall.acknowledged.includes(person))
  return path && !screened && !owes
}
