import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { auditApi } from '../../../../shared/contract/api/audit.ts'
import type { AuditHead, auditVerifyReply } from '../../../../shared/contract/audit.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatMoment } from '../../format.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { saveBlob } from '../../parts/save-file.ts'
import { useAct } from '../../parts/use-act.ts'
import { auditTexts } from './texts.ts'

/** Hands the head to the browser's downloads, as `audit:verify --head` reads it. */
const saveHead = (head: AuditHead): void =>
  saveBlob(new Blob([JSON.stringify(head)], { type: 'application/json' }), `audit-head-${head.seq}.json`)

function Head({ head }: { head: AuditHead }) {
  const words = useWords(auditTexts)
  const language = useLanguage()
  return (
    <section class="stack" aria-label={words.head} data-testid="audit-head">
      <h2>{words.head}</h2>
      <p class="muted">{words.headLead}</p>
      <dl class="facts">
        {[
          [words.headLine, formatCount(head.seq, language)],
          [words.headAt, formatMoment(head.at, language)],
        ].map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {[
          [words.headHash, head.hash],
          [words.headMac, head.mac],
        ].map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="origin">{value}</dd>
          </div>
        ))}
      </dl>
      <div class="row-actions">
        <Button onPress={() => saveHead(head)} testId="save-head">
          {words.download}
        </Button>
      </div>
    </section>
  )
}

/**
 * Whether nobody has touched the log: worked out when it is asked for. `onFound` hears the number of the first line that
 * does not hold, null when there is none; `onShow` leads to it, by its place in the whole list.
 */
export function ChainPanel({
  onFound,
  onShow,
}: {
  onFound: (broken: number | null) => void
  onShow: (place: number) => void
}) {
  const words = useWords(auditTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  const act = useAct()
  const [found, setFound] = useState<z.output<typeof auditVerifyReply> | null>(null)
  const lines = formatCount(found?.lines ?? 0, language)
  const place = found?.broken_place ?? null
  const verify = async () => {
    const reply = await api.call(auditApi.verify)
    setFound(reply)
    onFound(reply.broken_place === null ? null : reply.broken_at)
  }
  return (
    <section class="panel" aria-label={words.verify}>
      <div class="panel-head between">
        <p class="muted">{words.verifyLead}</p>
        <Button busy={act.busy} onPress={() => act.run(verify)} testId="verify-audit">
          {words.verify}
        </Button>
      </div>
      {act.problem && <ProblemLine problem={act.problem} />}
      <div role="status" class="stack" data-testid="chain-result" data-whole={found?.whole}>
        {found &&
          (found.whole ? (
            <Notice kind="info">{words.whole(lines)}</Notice>
          ) : (
            <Notice kind="bad">{words.broken(formatCount(found.broken_at ?? 0, language), lines)}</Notice>
          ))}
      </div>
      {place !== null && (
        <div class="row-actions">
          <Button onPress={() => onShow(place)} testId="show-broken">
            {words.showBroken}
          </Button>
        </div>
      )}
      {found?.head && <Head head={found.head} />}
    </section>
  )
}
