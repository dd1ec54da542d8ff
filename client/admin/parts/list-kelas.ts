import { todayApi } from '../../../shared/contract/api/today.ts'
import type { AdminApi } from '../api.ts'

/** The classes the reader may see, in their order. */
export const listKelas = async (api: AdminApi): Promise<readonly string[]> => (await api.call(todayApi.board)).kelas
