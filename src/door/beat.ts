/** Longer than a refusal takes where nothing is in its way; one that takes longer waits for the next beat. */
const BEAT_MS = 20

/**
 * [Note: Why a refusal keeps time] What is behind a wall is found before it is withheld, and what is not there is never found:
 * some ten microseconds lie between, and who asks often enough can tell them apart. So "there is nothing here" leaves on a beat
 * that begins when the request comes. The timer is set before anything is looked up, and its end depends on nothing that is
 * found. A random pause would not do: it averages away.
 */
export class Beat {
  #awaited: (() => void) | null = null
  readonly #timer = setInterval(() => this.#awaited?.(), BEAT_MS)

  next = (): Promise<void> => new Promise((resolve) => (this.#awaited = resolve))
  /** What was found may leave at once. */
  end = (): void => clearInterval(this.#timer)
}
