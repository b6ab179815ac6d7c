/** The firm's name in serif; its legal form, when it ends in one, stands smaller. */
export function FirmName({ name }: { name: string }) {
  const [, firm, form] = /^(.+?)\s+(LLP|LLC|PLLC|PLC|Ltd|PC|P\.C\.|LP|Inc\.?|GmbH|PartGmbB|mbB|KG|AG|SA|SAS|SpA|STA)$/.exec(name) ?? []
  if (!firm) return name
  return (
    <>
      {firm} <span>{form}</span>
    </>
  )
}
