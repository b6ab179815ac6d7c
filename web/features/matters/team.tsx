import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { useAct } from '../../app/acts.ts'
import { line } from '../../ui/icons.ts'
import { BringOn } from './bring-on.tsx'
import { Member } from './member.tsx'

export function Team({ matter }: { matter: MatterPage }) {
  const [bringing, drawer] = useDisclosure()
  const { join, leave, approve } = matter.may
  const acts = join || leave || approve
  useAct(join, 'Bring someone onto the team', drawer.open)
  return (
    <section className="panel" aria-labelledby="team">
      <header>
        <h2 className="sub" id="team">
          Team
        </h2>
        {join && (
          <Button className="push" size="xs" leftSection={<IconPlus {...line} size={14} />} onClick={drawer.open}>
            Bring someone on
          </Button>
        )}
      </header>
      <table className="table teamtable">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Part</th>
            <th scope="col" className="hide-s">
              Reason
            </th>
            <th scope="col">From</th>
            <th scope="col">Until</th>
            {acts && (
              <th scope="col">
                <span className="vh">Do</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {matter.team.map((member) => (
            <Member key={`${member.person} ${member.since}`} matter={matter} member={member} acts={acts} />
          ))}
        </tbody>
      </table>
      {join && <BringOn matter={matter} opened={bringing} onClose={drawer.close} />}
    </section>
  )
}
