/** What was measured of a model's limits: expectations for whoever runs a school, and no promise. */
export interface Measured {
  readonly model: string
  /** One person against herself (1:1) at the accept limit: the share of strangers' comparisons that pass, by kind of photograph. */
  readonly claim: {
    readonly colour: { readonly share: number; readonly comparisons: number; readonly people: number }
    /** Small grey photographs, the hardest case. */
    readonly grey: { readonly share: number; readonly people: number }
  }
  /** Who is it, of many: the share of outsiders' searches that end in a name, in galleries of up to `size`. */
  readonly search: readonly { readonly size: number; readonly share: number; readonly by: 'measured' | 'fitted' }[]
  /** What the searches were measured with. */
  readonly searched: { readonly searches: number; readonly people: number; readonly openShare: number }
}

/**
 * models/README.md, "How the score was chosen" and "Who is it, of many" (`scripts/calibrate.ts`, `scripts/calibrate-search.ts`).
 * claim: three shots against three, the worst of the rows. search: 0.4 % is the most that passed with the margin, in any
 * drawn gallery of up to 44; beyond that the limit grows so that 1 % is expected. openShare: rule of three, 95 %.
 */
export const MEASURED: Measured = {
  model: 'dlib-resnet-v1',
  claim: {
    colour: { share: 0, comparisons: 78_336, people: 17 },
    grey: { share: 0.0063, people: 27 },
  },
  search: [
    { size: 45, share: 0.004, by: 'measured' },
    { size: 60, share: 0.01, by: 'fitted' },
    { size: 100, share: 0.01, by: 'fitted' },
    { size: 200, share: 0.01, by: 'fitted' },
  ],
  searched: { searches: 4500, people: 45, openShare: 0.07 },
}
