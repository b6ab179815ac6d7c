import { Drawer } from '@mantine/core'

type Operator = [example: string, finds: string]
const GROUPS: [title: string, operators: Operator[]][] = [
  [
    'Words',
    [
      ['notice breach', 'Both words, in any of their forms'],
      ['"outfall 3"', 'These words, one after the other, as they stand'],
      ['negligen*', 'Words that begin so; negligen! is the same'],
      ['wom?n', 'One character, whichever it is'],
    ],
  ],
  [
    'And, or, not',
    [
      ['lease AND (waiver OR consent)', 'Parentheses hold together what belongs together'],
      ['settlement NOT draft', 'Without this word'],
    ],
  ],
  [
    'Near each other',
    [
      ['notice w/5 termination', 'Within five words of each other'],
      ['condition pre/3 permit', 'At most three words before'],
      ['outfall /s warn*', 'In one sentence'],
      ['valve /p closed', 'In one paragraph'],
    ],
  ],
  [
    'Fields',
    [
      ['matter:orchard', 'Of a matter, by its title or number'],
      ['client:"Dan Orchard"', 'Of a client'],
      ['from:conti', 'Sent by; to:conti is sent to'],
      ['author:falk', 'Written by'],
      ['name:lease', 'In the name of the file or its folder'],
      ['type:mail', 'By what it is: pdf, word, sheet, slides, mail, picture, scan, text, archive, page'],
      ['class:privileged', 'By class'],
      ['ext:msg', 'By the ending of its name'],
    ],
  ],
  [
    'Dates',
    [
      ['date>2025-03-01', 'After a day; also <, >= and <='],
      ['date:2023..2024', 'From one to the other, by year, month or day'],
    ],
  ],
]

type Props = { opened: boolean; onClose: () => void; onPut: (example: string) => void }

/** The language of searches, each part with an example that is put into the box. */
export const OperatorsDrawer = ({ opened, onClose, onPut }: Props) => (
  <Drawer opened={opened} onClose={onClose} title="All operators">
    <div className="stack lg">
      <p className="soft">Press an example to put it into the box. What cannot be read is passed over, and the page says so.</p>
      {GROUPS.map(([title, operators]) => (
        <section key={title} className="stack sm" aria-label={title}>
          <h3 className="lab">{title}</h3>
          <ul className="operators">
            {operators.map(([example, finds]) => (
              <li key={example}>
                <button type="button" className="example" onClick={() => onPut(example)}>
                  {example}
                </button>
                <span className="meta">{finds}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  </Drawer>
)
