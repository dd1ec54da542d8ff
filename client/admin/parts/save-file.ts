/** The name a reply gives its file, or `other`. */
export function nameOfFile(disposition: string | null, other: string): string {
  return /filename="?(\w[\w.-]*)"?/.exec(disposition ?? '')?.[1] ?? other
}

/** Hands bytes to the browser's downloads. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Hands a reply that is a file to the browser's downloads. @returns its name */
export async function saveFile(reply: Response, other: string): Promise<string> {
  const name = nameOfFile(reply.headers.get('content-disposition'), other)
  saveBlob(await reply.blob(), name)
  return name
}
