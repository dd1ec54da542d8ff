/**
 * The fields that were changed: what is not sent stays as somebody else may have made it meanwhile.
 * @param before what was loaded
 */
export function changedFields<T extends object>(before: { readonly [K in keyof T]: unknown }, after: T): Partial<T> {
  const isChanged = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(before[name as keyof T])
  return Object.fromEntries(Object.entries(after).filter(isChanged)) as Partial<T>
}
