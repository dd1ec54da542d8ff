import { useEffect, useRef, useState } from 'preact/hooks'
import type { z } from 'zod'
import { consentLedgerApi } from '../../../../shared/contract/api/consent-ledger.ts'
import type { consentKindSchema, withdrawalReceiptSchema } from '../../../../shared/contract/consent-ledger.ts'
import type { Student } from '../../../../shared/contract/people.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import type { ConsentOf } from '../faces/find-consent.ts'
import { studentTexts } from './texts.ts'

type Kind = z.output<typeof consentKindSchema>

/**
 * Withdraws a consent for whoever came to the office: hers, or her guardian's. What is destroyed is told, with the receipt
 * that she can be given.
 */
export function ConsentActs(props: {
  readonly student: Student
  /** Null: she is suspended, and in no ledger; her face may still be kept. */
  readonly consent: ConsentOf | null
  readonly onChanged: () => Promise<unknown>
}) {
  const words = useWords(studentTexts)
  const { api, confirmer } = useAdmin()
  const act = useAct()
  const [receipt, setReceipt] = useState<z.output<typeof withdrawalReceiptSchema> | null>(null)
  const told = useRef<HTMLDivElement>(null)
  const { student, consent } = props
  const kinds: Kind[] = [
    // A face that is there was consented to, if to an older text.
    ...((consent?.self ?? null) !== null || student.has_face ? (['self'] as const) : []),
    ...((consent?.guardian ?? null) !== null ? (['guardian'] as const) : []),
  ]
  // The button that was pressed is gone with the consent.
  useEffect(() => {
    if (receipt !== null) told.current?.focus()
  }, [receipt])
  const withdraw = async (kind: Kind) => {
    const title = words.withdraw[kind]
    const confirmation = await confirmer.ask({ title, body: words.withdrawBody(student.name), act: title })
    if (confirmation === null) return
    const body = { user_id: student.id, kind }
    const reply = await api.call(consentLedgerApi.withdraw, { body, confirmation })
    await props.onChanged()
    setReceipt(reply.receipt)
  }
  return (
    <>
      {receipt && (
        <div ref={told} tabIndex={-1} data-testid="withdrawal">
          <Notice kind="info" title={words.withdrawn}>
            {words.withdrawnBody(receipt.destroyed.encodings, receipt.destroyed.traces, receipt.id)}
          </Notice>
        </div>
      )}
      {kinds.length > 0 && (
        <div class="row-actions">
          {kinds.map((kind) => (
            <Button
              key={kind}
              kind="danger"
              busy={act.busy}
              onPress={() => act.run(() => withdraw(kind))}
              testId={`withdraw-${kind}`}
            >
              {words.withdraw[kind]}
            </Button>
          ))}
        </div>
      )}
      {act.problem && <ProblemLine problem={act.problem} />}
    </>
  )
}
