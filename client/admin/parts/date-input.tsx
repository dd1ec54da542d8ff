import { formatDay, formatTime } from '../../core/clock.ts'
import { useLanguage, useWords } from '../app-context.ts'
import { common } from '../texts.ts'
import { Input } from './inputs.tsx'

interface DateInputProps {
  readonly label: string
  /** YYYY-MM-DD, or HH:MM of a time; '' for none. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly required?: boolean
  readonly testId?: string
}

/** A day. The platform's field writes it as the browser does, so the console's own words stand below: their line is always there. */
export function DateInput(props: DateInputProps) {
  const language = useLanguage()
  return <Input {...props} type="date" hint={formatDay(props.value, language, 'short') || '\u00a0'} />
}

/** A time of the school's day, which a browser may write with AM and PM. */
export function TimeInput(props: DateInputProps) {
  const language = useLanguage()
  const words = useWords(common)
  return (
    <Input
      {...props}
      type="time"
      hint={props.value === '' ? '\u00a0' : words.atTime(formatTime(props.value, language))}
    />
  )
}
