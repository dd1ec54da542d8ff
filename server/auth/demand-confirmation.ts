import type { Deps } from '../deps.ts'
import type { AppContext } from '../http/env.ts'
import { refuse } from '../http/problem.ts'

/** Refuses with confirm_password unless the request carries a fresh confirmation: where only some bodies of a row need one. */
export async function demandConfirmation({ confirmations }: Deps, c: AppContext): Promise<void> {
  if (!(await confirmations.holds(c.req.header('x-confirmation') ?? '', c.get('user')))) refuse('confirm_password')
}
