import { studentsApi } from '../../../../shared/contract/api/students.ts'
import type { Student } from '../../../../shared/contract/people.ts'
import type { AdminApi } from '../../api.ts'

/** The most the server gives at once. */
const PAGE = 500

/** Every student a query lets through, in its order. */
export async function listAll(api: AdminApi, query: Readonly<Record<string, string>>): Promise<Student[]> {
  const all: Student[] = []
  for (;;) {
    const { data, total } = await api.call(studentsApi.list, { query: { ...query, limit: PAGE, offset: all.length } })
    all.push(...data)
    if (data.length === 0 || all.length >= total) return all
  }
}
