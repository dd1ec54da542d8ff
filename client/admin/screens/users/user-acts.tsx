import { useState } from 'preact/hooks'
import { usersApi } from '../../../../shared/contract/api/users.ts'
import type { Account } from '../../../../shared/contract/people.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { onePress } from '../../parts/one-press.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Sure } from '../../parts/sure.tsx'
import { useAct } from '../../parts/use-act.ts'
import { CodeDialog, type NewCode } from '../students/student-form.tsx'
import { userTexts } from './texts.ts'
import { UserForm } from './user-form.tsx'

/** What an admin can do about an account. The server refuses what would leave the school without an admin, and says so. */
export function UserActs({ account, onChanged }: { account: Account; onChanged: () => Promise<void> }) {
  const words = useWords(userTexts)
  const { api, confirmer, router, toasts } = useAdmin()
  const act = useAct()
  const [open, setOpen] = useState<'edit' | 'refuse' | null>(null)
  const [code, setCode] = useState<NewCode | null>(null)
  const params = { id: account.id }
  const { name } = account
  const close = () => setOpen(null)
  /** Runs an act that needs the password first; nothing happens without it. */
  const confirmed = (
    question: { title: string; body: string; act: string; word?: string },
    work: (confirmation: string) => Promise<void>,
  ) =>
    act.run(async () => {
      const confirmation = await confirmer.ask(question)
      if (confirmation !== null) await work(confirmation)
    })
  const decide = async (approve: boolean) => {
    await api.call(usersApi.decide, { params, body: { approve } })
    toasts.say(approve ? words.did.approved(name) : words.did.refused(name))
    if (approve) await onChanged()
    else router.go(['users'])
  }
  const setActive = async (is_active: boolean) => {
    await api.call(usersApi.change, { params, body: { is_active } })
    await onChanged()
    toasts.say(is_active ? words.did.resumed(name) : words.did.suspended(name), () => setActive(!is_active))
  }
  const newCode = () => {
    if (account.role !== 'admin') act.run(async () => setCode(await api.call(usersApi.resetCode, { params })))
    else
      confirmed({ title: words.codeAsk, body: words.codeAskBody(name), act: words.newCode }, async (confirmation) =>
        setCode(await api.call(usersApi.resetCode, { params, confirmation })),
      )
  }
  const changeRole = (row: typeof usersApi.makeAdmin | typeof usersApi.revokeAdmin, body: string, did: string) => {
    const title = row === usersApi.makeAdmin ? words.makeAdmin : words.revokeAdmin
    confirmed({ title, body, act: title }, async (confirmation) => {
      await api.call(row, { params, confirmation })
      toasts.say(did)
      await onChanged()
    })
  }
  const makeAdmin = () => changeRole(usersApi.makeAdmin, words.makeAdminBody(name), words.did.madeAdmin(name))
  const revokeAdmin = () => changeRole(usersApi.revokeAdmin, words.revokeAdminBody(name), words.did.revoked(name))
  const remove = async (confirmation: string) => {
    await api.call(usersApi.remove, { params, confirmation })
    toasts.say(words.did.removed(name))
    router.go(['users'])
  }
  const pending = account.approval === 'pending'
  return (
    <>
      <div class="row-actions">
        {pending ? (
          <>
            <Button kind="primary" onPress={() => act.run(() => decide(true))} testId="approve-user">
              {words.approve}
            </Button>
            <Button kind="danger" onPress={() => setOpen('refuse')} testId="refuse-user">
              {words.refuse}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={() => setOpen('edit')} testId="edit-user">
              {words.edit}
            </Button>
            {account.is_active && (
              <Button disabled={act.busy} onPress={newCode} testId="user-code">
                {words.newCode}
              </Button>
            )}
            <Button
              disabled={act.busy}
              onPress={() => act.run(onePress(() => setActive(!account.is_active)))}
              testId="suspend-user"
            >
              {account.is_active ? words.suspend : words.resume}
            </Button>
            {account.role === 'admin' ? (
              <Button disabled={act.busy} onPress={revokeAdmin} testId="revoke-admin">
                {words.revokeAdmin}
              </Button>
            ) : (
              <Button disabled={act.busy} onPress={makeAdmin} testId="make-admin">
                {words.makeAdmin}
              </Button>
            )}
            <Button
              kind="danger"
              onPress={() =>
                confirmed(
                  { title: words.remove, body: words.removeBody(name), act: words.remove, word: account.nim },
                  remove,
                )
              }
              disabled={act.busy}
              testId="remove-user"
            >
              {words.remove}
            </Button>
          </>
        )}
      </div>
      {act.problem && open === null && <ProblemLine problem={act.problem} />}
      {open === 'edit' && (
        <UserForm
          account={account}
          onClose={close}
          onDone={async () => {
            await onChanged()
            close()
          }}
        />
      )}
      {open === 'refuse' && (
        <Sure
          danger
          title={words.refuseAsk(name)}
          body={words.refuseBody}
          confirm={words.refuseAccount}
          act={act}
          onConfirm={() => act.run(() => decide(false))}
          onClose={close}
        />
      )}
      {code && <CodeDialog code={code} onClose={() => setCode(null)} />}
    </>
  )
}
