import { useEffect, useRef, useState } from 'preact/hooks'
import type { z } from 'zod'
import { withdrawReply } from '../../../shared/contract/consent-ledger.ts'
import { formatDay } from '../../core/clock.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { ConsentText } from '../consent-text.tsx'
import { OwnData } from '../own-data.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useLoad } from '../use-load.ts'
import { useSend } from '../use-send.ts'
import { useWords } from '../use-words.ts'
import { WayBack } from '../way-back.tsx'

type Receipt = z.infer<typeof withdrawReply>['receipt']

function Withdrawn({ receipt }: { receipt: Receipt }) {
  const words = useWords().privacy
  const box = useRef<HTMLDivElement>(null)
  // The button that was pressed is gone.
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} role="status" data-testid="withdrawn">
      <Notice kind="info" title={words.withdrawn}>
        <span>{words.destroyed(receipt.destroyed.encodings, receipt.destroyed.traces)}</span>
        <span class="soft">{words.receipt(receipt.id)}</span>
      </Notice>
    </div>
  )
}

/** The consent in force, its text, taking it back; and everything held on this person. */
export function PrivacyScreen() {
  const { api, session } = useApp()
  const { texts, language } = useTexts()
  const words = useWords().privacy
  const consent = useLoad(() => api.consent())
  const [asking, setAsking] = useState(false)
  const [receipt, setReceipt] = useState<Receipt | null>(null)
  const { busy, problem, send } = useSend()
  // What was just withdrawn is gone, whatever the load before it said.
  const given = receipt ? null : (consent.data?.consent ?? null)
  const guardian = consent.data?.guardian

  const withdraw = () =>
    send(async () => {
      setAsking(false)
      const reply = await api.send({ method: 'DELETE', path: 'consents', reply: withdrawReply })
      session.update({ has_face: false })
      setReceipt(reply.receipt)
      consent.reload()
    })

  return (
    <Screen title={words.title} app={texts.app} class="page" before={<WayBack to="account" />}>
      {receipt && <Withdrawn receipt={receipt} />}
      {problem && <ProblemNotice problem={problem} />}
      {consent.problem && <ProblemNotice problem={consent.problem} onRetry={consent.reload} />}
      <section class="card consent-state" aria-busy={consent.data || consent.problem ? undefined : 'true'}>
        {consent.data && (
          <>
            <h2>{given ? words.given : words.notGiven}</h2>
            <p class="soft">
              {given ? texts.consent.given(formatDay(given.given_at, language), given.version) : words.notGivenBody}
            </p>
            {guardian?.wanted && (
              <p class="soft">
                {guardian.consent
                  ? words.guardian(formatDay(guardian.consent.given_at, language))
                  : words.guardianMissing}
              </p>
            )}
            <details>
              <summary>
                <span class="row-name">{words.read}</span>
                <Icon name="forward" size={20} />
              </summary>
              <div class="consent-parts">
                <ConsentText />
              </div>
            </details>
            {given && (
              <Button kind="danger" wide busy={busy} testId="withdraw-consent" onPress={() => setAsking(true)}>
                {words.withdraw}
              </Button>
            )}
          </>
        )}
      </section>
      <OwnData />
      <ConfirmDialog open={asking} title={words.sure} body={words.sureBody} onClose={() => setAsking(false)}>
        <Button kind="danger" wide testId="withdraw-consent-yes" onPress={withdraw}>
          {words.yes}
        </Button>
        <Button wide onPress={() => setAsking(false)}>
          {words.no}
        </Button>
      </ConfirmDialog>
    </Screen>
  )
}
