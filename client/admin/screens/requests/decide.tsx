import { Button } from '../../../ui/button.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import type { Act } from '../../parts/use-act.ts'
import { requestTexts } from './texts.ts'

interface DecideProps {
  readonly name: string
  readonly act: Act
  /** Sends the decision. */
  readonly send: (yes: boolean) => Promise<unknown>
  readonly onDone: () => void
  /** Why it cannot be approved yet. */
  readonly blocked?: boolean
}

/** Approve or refuse, with a word about it afterwards. */
export function Decide({ name, act, send, onDone, blocked = false }: DecideProps) {
  const words = useWords(requestTexts)
  const { toasts } = useAdmin()
  const decide = (yes: boolean) =>
    act.run(async () => {
      await send(yes)
      toasts.say(yes ? words.approved(name) : words.refused(name))
      onDone()
    })
  return (
    <div class="row-actions end">
      <Button label={`${words.refuse}: ${name}`} onPress={() => decide(false)}>
        {words.refuse}
      </Button>
      <Button
        kind="primary"
        label={`${words.approve}: ${name}`}
        disabled={blocked || act.busy}
        onPress={() => decide(true)}
        testId="approve"
      >
        {words.approve}
      </Button>
    </div>
  )
}
