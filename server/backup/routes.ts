import { backupsApi } from '../../shared/contract/api/backups.ts'
import type { Deps } from '../deps.ts'
import type { Serve } from '../http/serve.ts'
import { startJob } from '../jobs/routes.ts'
import type { Runner } from '../jobs/runner.ts'
import { listBackups } from './files.ts'

/** `/admin/backups`: copies of the database, made nightly and on demand. */
export function serveBackups(serve: Serve, deps: Deps, runner: Runner): void {
  serve(backupsApi.list, () => ({
    backups: listBackups(deps.config.storagePath).map(({ manifest }) => ({
      file: manifest.file,
      created_at: manifest.created_at,
      bytes: manifest.bytes,
      sha256: manifest.sha256,
      audit_lines: manifest.audit_head.count,
    })),
  }))

  serve(backupsApi.make, async (c) => ({ job: await startJob(c, deps, runner, 'backup') }))
}
