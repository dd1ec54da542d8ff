/** A cell of a table. Dates and times are texts (ISO 8601), so that no program reads them in its own way. */
export type Cell = string | number | null

/** A long table as it is made: its heads, then pages of rows, each asked for when the one before has been taken. */
export interface Table {
  readonly heads: readonly string[]
  readonly pages: AsyncIterable<readonly (readonly Cell[])[]>
}

/** A stream that makes its next chunk when it is asked for, so that a slow reader never makes it gather. */
export function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await chunks.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => {
        await chunks.return(undefined)
      },
    },
    { highWaterMark: 1 },
  )
}
