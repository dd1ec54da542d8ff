import { createTransport, type Transporter } from 'nodemailer'
import { z } from 'zod'
import type { MailConfig } from '../config.ts'
import type { Deps } from '../deps.ts'
import { describeError } from '../http/log.ts'
import { did, type JobOutcome, skipped } from '../jobs/job.ts'
import { composeLetter } from './compose.ts'
import { countWaiting, endMail, type Mail, noteFailure, readDueMails, takeMail } from './store.ts'

/** Mails of one run; the rest goes with the next. */
const AT_ONCE = 200
/** Tries a mail has: a minute, 4, 16, 64 minutes and so on apart, 12 hours at most; together about a day and a half. */
const TRIES = 8
const FIRST_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 12 * 3_600_000

/** The job: sends what is due. One process does it at a time, outside every request. */
export async function sendMails(deps: Deps, now: number): Promise<JobOutcome> {
  const { db, config } = deps
  if (config.mail === undefined) return skipped('no_smtp')
  const due = await readDueMails(db, now, AT_ONCE)
  if (due.length === 0) return did({ sent: 0, waiting: await countWaiting(db) })
  const counts = { sent: 0, again: 0, dropped: 0, failed: 0 }
  const transport = openTransport(config.mail)
  try {
    for (const mail of due) {
      const ended = await sendOne(deps, transport, mail, now)
      counts[ended === 'unreachable' ? 'again' : ended]++
      // The others would wait for the same timeout, one by one.
      if (ended === 'unreachable') break
    }
  } finally {
    transport.close()
  }
  return did({ ...counts, waiting: await countWaiting(db) })
}

/**
 * With a login TLS is required (RFC 8314), except on this very machine; without one it is used where the server offers it.
 * Nothing is read from files or addresses, whatever a text says.
 */
function openTransport({ host, port, login }: MailConfig): Transporter {
  const here = /^(localhost|127\.|::1$)/.test(host)
  return createTransport({
    host,
    port,
    secure: port === 465,
    requireTLS: port !== 465 && login !== undefined && !here,
    ignoreTLS: here && port !== 465,
    ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/**
 * One try. The next try's time is written before it, so that a crash cannot send it at once again; the Message-ID stays the
 * same, so that a mailbox can tell a second copy. A refused recipient ends it, everything else is tried again.
 */
async function sendOne(
  deps: Deps,
  transport: Transporter,
  mail: Mail,
  now: number,
): Promise<'sent' | 'again' | 'unreachable' | 'dropped' | 'failed'> {
  const { db, config, log } = deps
  const end = async (state: 'sent' | 'dropped' | 'failed', error: string | null = null) => {
    await db.write([endMail(mail.id, state, error, now)])
    return state
  }
  const from = config.mail?.from ?? ''
  if (!z.email().max(254).safeParse(mail.recipient).success) return end('failed', 'bad_address')
  await db.write(takeMail(mail, now + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 4 ** mail.tries)))
  try {
    const letter = await composeLetter(deps, mail.kind, mail.data)
    if (letter === null) return end('dropped', 'not_needed')
    await transport.sendMail({
      // As objects: a list of addresses in one text would be more than one recipient.
      from: { name: oneLine(config.appName), address: from },
      to: { name: '', address: mail.recipient },
      subject: oneLine(letter.subject),
      text: letter.text,
      messageId: `<${mail.id}@${from.split('@')[1] ?? 'localhost'}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return end('sent')
  } catch (error) {
    // The words of a refusal may hold addresses: only its number is kept.
    const reply = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
    const code = reply > 0 ? `smtp_${reply}` : String(describeError(error).code ?? 'error').slice(0, 40)
    log.warn('mail_refused', { mail: mail.id, kind: mail.kind, code })
    if (isUnknownRecipient(error) || mail.tries + 1 >= TRIES) return end('failed', code)
    await db.write([noteFailure(mail.id, code)])
    return reply > 0 ? 'again' : 'unreachable'
  }
}

const refusalSchema = z.object({
  command: z.literal('RCPT TO'),
  // No such mailbox, not here, no such name (RFC 5321, 4.2.3); 552 and 554 pass or are about something else.
  responseCode: z.literal([550, 551, 553]),
  response: z.string(),
})

/**
 * Whether a refusal for good is about the recipient. One of the sender, of the content or of us is the school's to mend, also
 * where a server says it only after RCPT TO: its enhanced code (RFC 3463) is then 5.7.x, or 5.1.7 or 5.1.8.
 */
function isUnknownRecipient(error: unknown): boolean {
  const refusal = refusalSchema.safeParse(error)
  return refusal.success && !/^\d{3}[ -]5\.(7\.|1\.[78]\b)/.test(refusal.data.response)
}

/** A header's text holds no line ends and no other controls. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 200)
}
