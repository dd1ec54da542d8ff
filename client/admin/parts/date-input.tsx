import { useEffect, useRef, useState } from 'preact/hooks'
import { formatDay, formatTime } from '../../core/clock.ts'
import { useStore } from '../../core/store.ts'
import { useAdmin, useLanguage, useWords } from '../app-context.ts'
import { isDay } from '../router.ts'
import { common } from '../texts.ts'
import { Input } from './inputs.tsx'

interface DateInputProps {
  readonly label: string
  /** YYYY-MM-DD, or HH:MM of a time; '' for none. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly required?: boolean
  readonly testId?: string
  /** What is wrong with it; '' when nothing is. */
  readonly error?: string
}

/** A day. The platform's field writes it as the browser does, so the console's own words stand below: their line is always there. */
export function DateInput(props: DateInputProps) {
  const language = useLanguage()
  return <Input {...props} type="date" hint={formatDay(props.value, language, 'short') || '\u00a0'} />
}

interface DayFilterProps {
  readonly label: string
  /** The filter of the address it changes; the list begins anew with it. */
  readonly name: string
  /** The day in force; '' for none. */
  readonly value: string
  readonly testId?: string
}

/** The keys that change a part of a day at a time; others open the browser's calendar or move between the parts. */
const TYPES = /^(\d|Backspace|Delete|ArrowUp|ArrowDown)$/

/**
 * A day that is kept in the address. One that is picked counts at once; one that is typed when it is whole, that is with
 * Enter or when the field is left: on the way to a date there are others, and each would be asked for.
 */
export function DayFilter({ label, name, value, testId }: DayFilterProps) {
  const language = useLanguage()
  const { router } = useAdmin()
  const leaving = useStore(router.leaving)
  const [draft, setDraft] = useState(value)
  const isTyped = useRef(false)
  // Whoever stays where she is sees the day that is shown.
  useEffect(() => {
    if (leaving === null) setDraft(value)
  }, [value, leaving])
  const take = (day: string) => {
    isTyped.current = false
    if (!isDay(day) || day === value) setDraft(value)
    if (day !== value && (day === '' || isDay(day))) router.filter({ [name]: day, offset: '' })
  }
  return (
    <Input
      label={label}
      type="date"
      value={draft}
      hint={formatDay(draft, language, 'short') || '\u00a0'}
      {...(testId === undefined ? {} : { testId })}
      onChange={(day) => {
        setDraft(day)
        if (!isTyped.current) take(day)
      }}
      onKey={(key) => {
        if (key === 'Enter') take(draft)
        else if (TYPES.test(key)) isTyped.current = true
      }}
      onPointer={() => {
        isTyped.current = false
      }}
      onLeave={(isWhole) => take(isWhole ? draft : value)}
    />
  )
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
