import type { SealedCapture } from '../../shared/contract/capture.ts'
import { openStore } from './store.ts'

/** A ticket lives ten minutes at most (twenty with more time): older captures can only be refused. */
const KEEP_MS = 30 * 60_000

/** Keeps a sealed capture until the server has answered, so that the very same bytes can be sent again. */
export async function keepCapture(ticketId: string, sealed: SealedCapture): Promise<void> {
  const { captures } = openStore()
  const now = Date.now()
  await captures.filter(({ keptAt }) => now - keptAt > KEEP_MS).delete()
  await captures.put({ ticketId, sealed, keptAt: now })
}

/** The server has answered: nothing is left to repeat. */
export async function forgetCapture(ticketId: string): Promise<void> {
  await openStore().captures.delete(ticketId)
}

/** Captures that were sent and never answered, oldest first, as long as a server might still take them. */
export async function pendingCaptures(): Promise<{ ticketId: string; sealed: SealedCapture }[]> {
  const now = Date.now()
  const rows = await openStore().captures.toArray()
  return rows
    .filter(({ keptAt }) => now - keptAt <= KEEP_MS)
    .sort((a, b) => a.keptAt - b.keptAt)
    .map(({ ticketId, sealed }) => ({ ticketId, sealed }))
}
