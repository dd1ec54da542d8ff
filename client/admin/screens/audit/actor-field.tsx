import { useEffect, useState } from 'preact/hooks'
import { usersApi } from '../../../../shared/contract/api/users.ts'
import { useAdmin, useWords } from '../../app-context.ts'
import { Input } from '../../parts/inputs.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { useSettled } from '../../parts/use-settled.ts'
import { auditTexts } from './texts.ts'

/** Accounts offered of what matches. */
const SHOWN = 8

const labelOf = ({ name, nim }: { name: string; nim: string }) => `${name} (${nim})`

/** Finds whose acts are shown: whoever is picked goes into the address as `user_id`. */
export function ActorField() {
  const words = useWords(auditTexts)
  const { api, router } = useAdmin()
  const [text, setText] = useState('')
  // Of a label that was picked the NIM: it is in no name.
  const search = useSettled((/\(([^()]+)\)$/.exec(text)?.[1] ?? text).trim())
  const { data } = useAsk(`accounts ${search}`, async () =>
    search === '' ? [] : (await api.call(usersApi.list, { query: { search, limit: SHOWN } })).data,
  )
  const found = data ?? []
  const typed = text.trim().toLowerCase()
  const only = found.length === 1 && found[0]?.nim.toLowerCase() === typed ? found[0] : undefined
  const picked = (found.find((account) => labelOf(account) === text) ?? only)?.id
  // Words that name nobody yet filter nothing, and say so.
  const open = found.length > 0 ? words.byWhomPick : words.byWhomNone
  useEffect(() => {
    if (picked === undefined) return
    setText('')
    router.filter({ user_id: picked, offset: '' })
  }, [picked, router])
  return (
    <Input
      label={words.byWhom}
      hint={typed === '' || data === null ? words.byWhomHint : open}
      value={text}
      onChange={setText}
      testId="filter-actor"
      suggestions={found.map(labelOf)}
    />
  )
}
