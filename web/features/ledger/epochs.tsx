import type { Answer } from '../../lib/ask.ts'
import { count, fullTime } from '../../lib/format.ts'

type Epoch = Answer<'checkpoint.latest'>['epochs'][number]

/** When the key that signs was replaced, and when the ledger was brought back from a backup: each stands in the log for good. */
export const Epochs = ({ epochs }: { epochs: readonly Epoch[] }) =>
  epochs.length > 0 && (
    <section className="body stack ruled" aria-labelledby="epochs">
      <h2 className="sub" id="epochs">
        Epochs
      </h2>
      <ol className="proofs" reversed>
        {epochs.toReversed().map((epoch) => (
          <li key={epoch.number}>
            <b>Epoch {epoch.number}</b> began {fullTime(epoch.at)}, after entry {count(epoch.after)}: {inWords(epoch.why)}.
            <span className="hash">{epoch.key}</span>
          </li>
        ))}
      </ol>
      <p className="meta">The key of each epoch is vouched for by the one before it, which is then forgotten.</p>
    </section>
  )

/** The signed reason, its times as this page writes them. */
const inWords = (why: string): string => why.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, fullTime)
