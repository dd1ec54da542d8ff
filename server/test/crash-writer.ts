import { openDb } from '../db/open.ts'

// Writes rows for ever, several callers at once, and prints a row's id once its write was answered: to be killed.
const db = await openDb(process.argv[2] ?? '')
await db.write([{ sql: 'CREATE TABLE IF NOT EXISTS crash (id TEXT PRIMARY KEY, filler TEXT NOT NULL) STRICT' }])

async function writeForEver(caller: number): Promise<never> {
  for (let i = 0; ; i++) {
    const id = `${process.pid}-${caller}-${i}`
    await db.write([
      { sql: 'INSERT INTO crash (id, filler) VALUES (?, ?)', args: [id, 'x'.repeat(500)] },
      { sql: 'INSERT INTO crash (id, filler) VALUES (?, ?)', args: [`${id}-pair`, 'x'] },
    ])
    process.stdout.write(`${id}\n`)
  }
}

await Promise.all([0, 1, 2, 3].map(writeForEver))
