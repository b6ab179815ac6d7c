/** What is read and acknowledged, on paper and in serif. */
export function Sheet({ text, procedures = [] }: { text: string; procedures?: string[] }) {
  return (
    <div className="sheet memosheet">
      {text.split(/\n{2,}/).map((paragraph, index) => (
        <p key={index}>{paragraph}</p>
      ))}
      {procedures.length > 0 && (
        <ol>
          {procedures.map((procedure) => (
            <li key={procedure}>{procedure}</li>
          ))}
        </ol>
      )}
    </div>
  )
}
