import { Button } from '@mantine/core'
import { Desk } from '../ui/desk.tsx'

/** A page that could not be drawn. Nothing is sent anywhere; the fault itself stands in the browser's console. */
export function Broken() {
  return (
    <Desk>
      <div className="empty">
        <h1>This page could not be drawn</h1>
        <p className="soft">What was sent before stands. What was typed here and not sent is lost.</p>
        <Button onClick={() => window.location.reload()}>Load the page again</Button>
      </div>
    </Desk>
  )
}
