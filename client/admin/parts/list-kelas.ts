import { todayApi } from '../../../shared/contract/api/today.ts'
import type { AdminApi } from '../api.ts'

/** The classes the reader may see, in their order: those that today's board counts. */
export async function listKelas(api: AdminApi): Promise<readonly string[]> {
  const { sessions } = await api.call(todayApi.board)
  const names = sessions.flatMap(({ kelas }) => kelas.flatMap((one) => (one.kelas === null ? [] : [one.kelas])))
  return [...new Set(names)].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }))
}
