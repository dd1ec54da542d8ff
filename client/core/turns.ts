/**
 * Runs `work` while no other tab of this origin does. The refresh token is spent by its use, and a second use of the
 * same one ends the whole session: two tabs that wake together must take turns. Without the Web Locks API (plain
 * http) it simply runs.
 */
export async function takingTurns<T>(work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks
  return locks ? await locks.request('absensi-refresh', work) : await work()
}
