import { useAdmin, useWords } from '../app-context.ts'
import { bilingual } from '../language.ts'
import { Input } from './inputs.tsx'
import { listKelas } from './list-kelas.ts'
import { useAsk } from './use-ask.ts'

const texts = bilingual(
  {
    known: (names: string) => `Yang ada: ${names}.`,
    unknown: (names: string) => `Belum ada siswa di kelas ${names}: periksa ejaannya.`,
  },
  {
    known: (names) => `There are: ${names}.`,
    unknown: (names) => `No students yet in ${names}: check the spelling.`,
  },
)

/** Classes named in a hint before it grows too long to be read. */
const SHOWN = 12

/** The classes of a field, each once, without empty ones. */
export const readKelas = (text: string): string[] =>
  [...new Set(text.split(',').map((one) => one.trim()))].filter((one) => one !== '')

/** The same where an empty field means every class: null. */
export function kelasOrAll(text: string): string[] | null {
  const list = readKelas(text)
  return list.length === 0 ? null : list
}

interface KelasListInputProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly testId: string
  readonly error?: string
}

/** Classes by their names, separated by commas. One that nobody is in is told: it may be a slip, or come later. */
export function KelasListInput({ hint, value, ...rest }: KelasListInputProps) {
  const words = useWords(texts)
  const { api } = useAdmin()
  const { data } = useAsk('kelas', () => listKelas(api))
  const known = data ?? []
  const alike = new Set(known.map((name) => name.toLowerCase()))
  const unknown = data === null ? [] : readKelas(value).filter((name) => !alike.has(name.toLowerCase()))
  const told =
    unknown.length > 0
      ? words.unknown(unknown.join(', '))
      : known.length > 0 && known.length <= SHOWN
        ? `${hint} ${words.known(known.join(', '))}`
        : hint
  return <Input value={value} hint={told} {...rest} />
}
