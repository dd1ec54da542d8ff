/** How far the clocks of two processes on one database may be apart, ms. What is further ahead comes of a clock that was wrong. */
export const CLOCKS_APART_MS = 10 * 60_000
