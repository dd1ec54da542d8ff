import { todayApi } from '../../../shared/contract/api/today.ts'
import { useAdmin } from '../app-context.ts'
import { useAsk } from './use-ask.ts'

/** The address people type or scan to reach the pages, and whether it means this very computer to whoever does. */
export function useAddress(): { readonly address: string; readonly isLocal: boolean } {
  const { api } = useAdmin()
  const { data } = useAsk('address', async () => (await api.call(todayApi.board)).address ?? '')
  const address = (data || window.location.origin).replace(/\/+$/, '')
  const { hostname } = new URL(address)
  return { address, isLocal: data !== null && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) }
}
