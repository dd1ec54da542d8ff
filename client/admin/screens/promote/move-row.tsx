import { Button } from '../../../ui/button.tsx'
import { useWords } from '../../app-context.ts'
import { Check, Input, Select } from '../../parts/inputs.tsx'
import { promoteTexts } from './texts.ts'

/** A class on its way; `to` is nothing where they leave. */
export interface Move {
  readonly key: number
  readonly from: string
  readonly to: string
  readonly leaves: boolean
}

const STEPS: readonly (readonly [RegExp, string])[] = [
  [/^(XII|12)(?=\D|$)/, ''],
  [/^XI(?=[^IVX]|$)/, 'XII'],
  [/^X(?=[^IVX]|$)/, 'XI'],
  [/^11(?=\D|$)/, '12'],
  [/^10(?=\D|$)/, '11'],
  [/^8(?=\D|$)/, '9'],
  [/^7(?=\D|$)/, '8'],
]

/** The class after this one, as schools name them (X, XI, XII; 10, 11, 12; 7, 8, 9): '' where nobody can tell. */
export function nextKelas(kelas: string): string {
  const step = STEPS.find(([grade]) => grade.test(kelas))
  return step === undefined || step[1] === '' ? '' : kelas.replace(step[0], step[1])
}

/** Whether they leave school after this class. */
export const isLastKelas = (kelas: string): boolean => /^(XII|12|9|IX)(?=\D|$)/.test(kelas)

/** Where a class most likely goes. */
export const proposeMove = (from: string) => ({ from, to: nextKelas(from), leaves: isLastKelas(from) })

/** One class and where it goes. */
export function MoveRow(props: {
  readonly move: Move
  /** Every class there is. */
  readonly known: readonly string[]
  readonly onChange: (move: Move) => void
  readonly onRemove: () => void
}) {
  const words = useWords(promoteTexts)
  const { move, onChange } = props
  return (
    <li class="move" data-testid="move">
      <Select
        label={words.from}
        value={move.from}
        options={[['', words.choose], ...props.known.map((name) => [name, name] as const)]}
        onChange={(from) => onChange({ ...move, ...proposeMove(from) })}
        testId="move-from"
      />
      {!move.leaves && (
        <Input
          label={words.to}
          value={move.to}
          hint={words.toHint}
          onChange={(to) => onChange({ ...move, to })}
          testId="move-to"
        />
      )}
      <Check label={words.leaves} checked={move.leaves} onChange={(leaves) => onChange({ ...move, leaves })} />
      <Button kind="quiet" label={words.remove(move.from)} onPress={props.onRemove}>
        {words.drop}
      </Button>
    </li>
  )
}
