import { judge } from '../../../shared/liveness/verdict.ts'
import { openCapture } from '../../evidence/open-capture.ts'

/**
 * How a kiosk's captures are opened and judged: the one seam in the intake. The server always has `REAL_EVIDENCE`; the
 * simulator, which takes in millions of events, puts cheap captures of its own in the place of most real ones.
 */
export interface EvidenceReader {
  readonly open: typeof openCapture
  readonly judge: typeof judge
}

export const REAL_EVIDENCE: EvidenceReader = { open: openCapture, judge }
