import { timetableApi } from '../../../shared/contract/api/timetable.ts'
import { todayApi } from '../../../shared/contract/api/today.ts'
import { useAdmin } from '../app-context.ts'
import { type Answered, useAsk } from './use-ask.ts'

export interface School {
  readonly name: string
  /** Today on the school's calendar, YYYY-MM-DD. */
  readonly date: string
  /** The timetable's active sessions. */
  readonly sessions: readonly {
    readonly id: string
    readonly name: string
    /** Null: every class has it. */
    readonly kelas: readonly string[] | null
  }[]
}

/** The school's name, its today and its sessions, asked once a screen. */
export function useSchool(): Answered<School> {
  const { api } = useAdmin()
  return useAsk('school', async () => {
    const [{ date, school }, { sessions }] = await Promise.all([
      api.call(todayApi.board),
      api.call(timetableApi.sessions),
    ])
    return { name: school, date, sessions: sessions.filter(({ is_active }) => is_active) }
  })
}
