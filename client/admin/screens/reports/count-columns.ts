import { statusSchema } from '../../../../shared/contract/absensi.ts'
import type { Language } from '../../../core/language.ts'
import { formatCount, formatPercent } from '../../format.ts'
import type { Column } from '../../parts/data-table.tsx'
import { common } from '../../texts.ts'
import { reportTexts } from './texts.ts'

interface Counted extends Readonly<Record<(typeof statusSchema.options)[number], number>> {
  readonly percentage: number | null
}

/** A column for each status, and the share of those who came. */
export function countColumns<T extends Counted>(language: Language): Column<T>[] {
  const words = reportTexts[language]
  return [
    ...statusSchema.options.map((status) => ({
      key: status,
      title: common[language].status[status],
      numeric: true,
      cell: (row: T) => formatCount(row[status], language),
    })),
    {
      key: 'share',
      title: words.share,
      numeric: true,
      cell: (row) => formatPercent(row.percentage, language),
    },
  ]
}
