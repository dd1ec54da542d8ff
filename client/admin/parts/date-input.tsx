import { formatDay } from '../../core/clock.ts'
import { useLanguage } from '../app-context.ts'
import { Input } from './inputs.tsx'

interface DateInputProps {
  readonly label: string
  /** YYYY-MM-DD; '' for none. */
  readonly value: string
  readonly onChange: (day: string) => void
  readonly required?: boolean
  readonly testId?: string
}

/** A day. The platform's field writes it as the browser does, so the console's own words stand below: their line is always there. */
export function DateInput(props: DateInputProps) {
  const language = useLanguage()
  return <Input {...props} type="date" hint={formatDay(props.value, language, 'short') || '\u00a0'} />
}
