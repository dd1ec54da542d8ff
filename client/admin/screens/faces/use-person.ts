import { usersApi } from '../../../../shared/contract/api/users.ts'
import type { Account } from '../../../../shared/contract/people.ts'
import { useAdmin } from '../../app-context.ts'
import { type Answered, useAsk } from '../../parts/use-ask.ts'
import { type ConsentOf, findConsent } from './find-consent.ts'

export interface Person {
  readonly account: Account
  readonly consent: ConsentOf | null
}

/** A student and her consents. */
export function usePerson(id: string): Answered<Person> {
  const { api } = useAdmin()
  return useAsk(`person ${id}`, async () => {
    const { user } = await api.call(usersApi.read, { params: { id } })
    return { account: user, consent: await findConsent(api, user) }
  })
}
