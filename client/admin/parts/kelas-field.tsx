import { useAdmin, useWords } from '../app-context.ts'
import { common } from '../texts.ts'
import { Select } from './inputs.tsx'
import { listKelas } from './list-kelas.ts'
import { ProblemLine } from './problem-line.tsx'
import { useAsk } from './use-ask.ts'

interface KelasFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (kelas: string) => void
  /** What '' is called; without it a class has to be chosen. */
  readonly all?: string
  /** The classes, as soon as they are known. */
  readonly onKnown?: (kelas: readonly string[]) => void
}

/** A choice among the classes the reader may see. */
export function KelasField({ label, value, onChange, all, onKnown }: KelasFieldProps) {
  const words = useWords(common)
  const { api } = useAdmin()
  const { data, problem, reload } = useAsk('kelas', async () => {
    const known = await listKelas(api)
    onKnown?.(known)
    return known
  })
  const known = data ?? []
  const shown = value !== '' && !known.includes(value) ? [value, ...known] : known
  const first = all === undefined && value !== '' ? [] : [['', all ?? words.none] as const]
  return (
    <>
      <Select
        label={label}
        value={value}
        onChange={onChange}
        testId="kelas"
        options={[...first, ...shown.map((name) => [name, name] as const)]}
      />
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
    </>
  )
}
