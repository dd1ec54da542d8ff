/** Two presses within so long are one double click, ms. */
const DOUBLE_MS = 600

/**
 * For a button in whose place another act stands once it is done (the next row of a queue, the way back): the act lasts at least
 * as long as a double click, whose second press would else be taken for that one.
 */
export const onePress = (work: () => Promise<void>) => async (): Promise<void> => {
  const began = performance.now()
  await work()
  const rest = DOUBLE_MS - (performance.now() - began)
  if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest))
}
