import { studentsApi } from '../../../../shared/contract/api/students.ts'
import type { Student } from '../../../../shared/contract/people.ts'
import type { AdminApi } from '../../api.ts'

/** A student of a teacher's classes, by her id; null: she is in none of them, or suspended. */
export async function findStudent(api: AdminApi, id: string): Promise<Student | null> {
  const { students } = await api.call(studentsApi.dropdown)
  const nim = students.find((one) => one.id === id)?.nim
  if (nim === undefined) return null
  const { data } = await api.call(studentsApi.list, { query: { search: nim, limit: 200 } })
  return data.find((one) => one.id === id) ?? null
}
