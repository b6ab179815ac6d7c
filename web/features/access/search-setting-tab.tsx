import { Checkbox, Select } from '@mantine/core'
import { Link } from 'react-router'
import type { SettingValue } from '../../../src/contract/access.ts'
import { KeyLines } from '../../ui/key-lines.tsx'
import { listed } from '../people/words.ts'
import { Setting, SettingForm } from './setting.tsx'
import { settingOf, useSettingsHere } from './settings-page.tsx'

type Value = SettingValue<'search'>
type Language = Value['languages'][number]
/** In the order that they are offered in. */
const NAMES: Record<Language, string> = { en: 'English', de: 'German', fr: 'French', es: 'Spanish', it: 'Italian' }
const ALL = Object.keys(NAMES) as Language[]
const AS_IT_COMES: Value = { languages: ['en'] }

/** Which languages the firm’s documents are in, the main one first. */
export function SearchSettingTab() {
  const { settings } = useSettingsHere()
  const setting = settingOf(settings, 'search')
  const value = { ...AS_IT_COMES, ...(setting.value as Partial<Value>) }
  const [main, ...others] = value.languages.map((language) => NAMES[language])
  const rows = [
    ['Mainly', main],
    ['Also', others.length > 0 ? listed(others) : 'None.'],
  ] as const
  return (
    <Setting setting={setting} title="Languages of the documents" form={(onDone) => <Form value={value} onDone={onDone} />}>
      <KeyLines of={rows} className="wide4" />
      <p className="soft">
        The forms of their words are known, so that <q>warned</q> is found by <q>warn</q>; and scans are read in them.
      </p>
      <FromNowOn />
    </Setting>
  )
}

const FromNowOn = () => (
  <p className="soft">
    A change holds for what comes in from now on. On the page <Link to="/integrity">Integrity</Link>, <b>Index anew</b> brings it to what is
    there, and <b>Read everything anew</b> to the letters of scans as well.
  </p>
)

type Chosen = { main: Language; others: Language[] }
/** A language that is chosen anew comes behind those that were. */
const languagesOf = ({ main, others }: Chosen): Language[] => [main, ...others.filter((one) => one !== main)]

function Form({ value: { languages }, onDone }: { value: Value; onDone: () => void }) {
  const [main = 'en', ...others] = languages
  return (
    <SettingForm<Chosen>
      name="search"
      initial={{ main, others }}
      toValue={(chosen) => ({ languages: languagesOf(chosen) })}
      onDone={onDone}
    >
      {(form) => {
        const chosen: Chosen = form.values
        return (
          <>
            <Select
              label="Mainly"
              description="Taken where a text does not show its language."
              data={ALL.map((language) => ({ value: language, label: NAMES[language] }))}
              allowDeselect={false}
              {...form.getInputProps('main')}
              onChange={(next) =>
                next && form.setValues({ main: next, others: without(languagesOf(chosen), next) } as Partial<Chosen & { reason: string }>)
              }
            />
            <Checkbox.Group
              label="Also"
              description="Each language more finds more, and takes longer to read a scan in."
              {...form.getInputProps('others')}
            >
              <div className="rolechoice cols">
                {without(ALL, chosen.main).map((language) => (
                  <Checkbox key={language} value={language} label={NAMES[language]} />
                ))}
              </div>
            </Checkbox.Group>
            <FromNowOn />
          </>
        )
      }}
    </SettingForm>
  )
}

const without = (languages: readonly Language[], one: Language): Language[] => languages.filter((language) => language !== one)
