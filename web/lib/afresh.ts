/**
 * Runs a call, and once more when it was refused for want of a fresh proof and the proof was then given. However many
 * calls are refused meanwhile, `prove` runs once for all of them; a call that began before a proof that has since been
 * given is simply made again.
 * @param prove asks the person; false when they turned away. A refusal of the first run is then the answer.
 */
export function afresh(isStale: (fault: unknown) => boolean, prove: () => Promise<boolean>) {
  let proofs = 0
  let underWay: Promise<boolean> | null = null
  const proved = (): Promise<boolean> =>
    (underWay ??= prove()
      .then((given) => {
        if (given) proofs += 1
        return given
      })
      .finally(() => (underWay = null)))

  return async <T>(run: () => Promise<T>): Promise<T> => {
    const before = proofs
    try {
      return await run()
    } catch (fault) {
      if (!isStale(fault)) throw fault
      if (proofs === before && !(await proved())) throw fault
      return await run()
    }
  }
}
