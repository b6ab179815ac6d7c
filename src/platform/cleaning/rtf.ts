import { rtfTokens } from '../reading/rtf-tokens.ts'
import type { Found, FindingCode } from './findings.ts'

/** Groups by what they tell (Rich Text Format 1.9.1), each told once for itself and not for what is in it. */
const GROUPS: Record<string, FindingCode> = {
  annotation: 'comments',
  object: 'embedded-files',
  template: 'template',
  rsidtbl: 'revision-marks',
  docvar: 'custom-xml',
  datastore: 'custom-xml',
  userprops: 'custom-properties',
  xmlnstbl: 'custom-xml',
}
/** Properties in the group of information. */
const INFO = new Set('title subject author manager company operator category keywords comment doccomm hlinkbase'.split(' '))
const NUMBERS = new Set(['edmins', 'version', 'vern'])
const TIMES = new Set(['creatim', 'revtim', 'printim', 'buptim'])
const MOST_TEXT = 400

type Group = { place: string; isInfo: boolean; isHidden: boolean; isDeleted: boolean; isInserted: boolean; text: string }

/** What a text in RTF tells beside what it shows. @throws ReadingFault */
export function inspectRtf(bytes: Buffer, found: Found): void {
  const groups: Group[] = [{ place: '', isInfo: false, isHidden: false, isDeleted: false, isInserted: false, text: '' }]
  const top = () => groups.at(-1)!
  const say = (text: string) => {
    const group = top()
    if (group.text.length < MOST_TEXT) group.text += text
  }
  const tell = (group: Group) => {
    const { place, isInfo, isHidden, isDeleted, isInserted, text } = group
    const words = text.trim()
    if (isInfo && INFO.has(place) && words !== '') found.add('document-properties', `${place}: ${words}`)
    else if (isInfo && TIMES.has(place)) found.add('document-properties', place)
    else if (Object.hasOwn(GROUPS, place)) found.add(GROUPS[place]!, words)
    else if (words !== '' && place === '') {
      if (isHidden) found.add('hidden-text', words)
      if (isDeleted) found.add('tracked-deletions', words)
      else if (isInserted) found.add('tracked-insertions', words)
    }
    group.text = ''
  }
  let rsids = 0
  const word = (name: string, value: number | null) => {
    const group = top()
    if (/^(?:ins|char|par|sect|tbl|del|style)?rsid(?:root)?$/.test(name)) rsids += 1
    if (name === 'info') group.isInfo = true
    if (Object.hasOwn(GROUPS, name) || INFO.has(name) || TIMES.has(name)) group.place = name
    else if (group.isInfo && NUMBERS.has(name)) found.add('document-properties', `${name}: ${value ?? ''}`)
    else if (name === 'v' || name === 'deleted' || name === 'revised' || name === 'plain') {
      tell(group)
      if (name === 'v') group.isHidden = value !== 0
      else if (name === 'deleted') group.isDeleted = value !== 0
      else if (name === 'revised') group.isInserted = value !== 0
      else Object.assign(group, { isHidden: false, isDeleted: false, isInserted: false })
    }
  }
  const tokens = rtfTokens({
    open: () => {
      tell({ ...top() })
      top().text = ''
      // what a group of its own tells is its text and that of the groups in it
      groups.push({ ...top(), text: '' })
      if (groups.length > 1 && groups.at(-2)!.place in GROUPS) top().place = 'within'
    },
    close: () => {
      tell(top())
      if (groups.length > 1) groups.pop()
    },
    byte: (byte) => say(String.fromCharCode(byte)),
    unit: (unit) => {
      say(String.fromCharCode(unit))
      return 1
    },
    star: () => {},
    word,
    symbol: say,
    end: () => tell(top()),
  })
  tokens.take(bytes)
  tokens.end(false)
  found.add('revision-marks', [], rsids)
}
