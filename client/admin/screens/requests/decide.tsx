import { Button } from '../../../ui/button.tsx'
import { useWords } from '../../app-context.ts'
import { requestTexts } from './texts.ts'

interface DecideProps {
  readonly name: string
  readonly busy: boolean
  /** It cannot be approved yet. */
  readonly blocked: boolean
  /** `said`: the word about it afterwards. */
  readonly onDecide: (yes: boolean, said: string) => void
}

/** Approve or refuse. */
export function Decide({ name, busy, blocked, onDecide }: DecideProps) {
  const words = useWords(requestTexts)
  return (
    <div class="row-actions">
      <Button
        label={`${words.refuse}: ${name}`}
        disabled={busy}
        onPress={() => onDecide(false, words.refused(name))}
        testId="refuse"
      >
        {words.refuse}
      </Button>
      <Button
        kind="primary"
        label={`${words.approve}: ${name}`}
        disabled={blocked || busy}
        onPress={() => onDecide(true, words.approved(name))}
        testId="approve"
      >
        {words.approve}
      </Button>
    </div>
  )
}
