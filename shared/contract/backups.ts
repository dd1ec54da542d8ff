import { z } from 'zod'

export const backupSchema = z.object({
  file: z.string(),
  created_at: z.string(),
  bytes: z.number().int(),
  /** Of the file, to be compared after it was copied elsewhere. */
  sha256: z.string(),
  /** Lines of the audit log at that moment. */
  audit_lines: z.number().int(),
})
export const backupsReply = z.object({ backups: z.array(backupSchema) })
