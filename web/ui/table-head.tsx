/** A column by its title; with `hide-s` it is not on a phone, with `num` it holds numbers; `unseen`: only screen readers need its title. */
export type Column = string | { title: string; className?: string; unseen?: boolean }

export const TableHead = ({ columns }: { columns: readonly Column[] }) => (
  <thead>
    <tr>
      {columns.map((column) => {
        const { title, className, unseen }: Exclude<Column, string> = typeof column === 'string' ? { title: column } : column
        return (
          <th key={title} scope="col" className={className}>
            {unseen ? <span className="vh">{title}</span> : title}
          </th>
        )
      })}
    </tr>
  </thead>
)
