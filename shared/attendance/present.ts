/** Whether a status says that somebody was there: only then is a record's time the one at which she came. */
export const isPresent = (status: string | null | undefined): boolean => status === 'hadir' || status === 'terlambat'
