import { readdir, readFile } from 'node:fs/promises'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

async function listProcesses(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const read = (pid: number, name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
  return Promise.all(
    pids.map(async (pid) => ({
      pid,
      // The name in parentheses may hold anything; the parent is the second field behind it (proc(5)).
      parent: Number((await read(pid, 'stat')).split(')').at(-1)?.trim().split(' ')[1] ?? 0),
      command: await read(pid, 'cmdline'),
    })),
  )
}

/** The browser that was started with this profile folder, and everything it started. */
export async function findBrowser(profile: string): Promise<number[]> {
  const all = await listProcesses()
  const found = new Set(
    all.filter(({ command }) => command.includes(`--user-data-dir=${profile}`)).map(({ pid }) => pid),
  )
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid)
  }
  found.delete(process.pid)
  return [...found]
}

/** Ends it as a power cut does (SIGKILL). @returns how many processes that were */
export async function killBrowser(profile: string): Promise<number> {
  return kill(await findBrowser(profile))
}

/** Ends the process that draws: every WebGL context of the browser is lost, and the browser starts another one. */
export async function killGraphics(profile: string): Promise<number> {
  const all = await listProcesses()
  const ours = new Set(await findBrowser(profile))
  return kill(
    all.filter(({ pid, command }) => ours.has(pid) && command.includes('--type=gpu-process')).map(({ pid }) => pid),
  )
}

function kill(pids: readonly number[]): number {
  for (const pid of pids)
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It went with its parent.
    }
  return pids.length
}

/**
 * Memory of the browser that no file stands behind, its share of what several processes use (`Pss_Anon` and `Pss_Shmem`,
 * proc(5)), bytes, by kind of process (`browser`, `renderer`, `gpu-process`, `utility`: Chromium's `--type`). What is read
 * from files is the program itself: its share goes up and down as other browsers on the machine come and go.
 */
export async function readMemory(profile: string): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const pid of await findBrowser(profile)) {
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
    const kind = /--type=([\w-]+)/.exec(await read('cmdline'))?.[1] ?? 'browser'
    const kilobytes = [...(await read('smaps_rollup')).matchAll(/^Pss_(?:Anon|Shmem):\s+(\d+) kB/gm)]
    sums[kind] = kilobytes.reduce((sum, [, size]) => sum + Number(size) * 1024, sums[kind] ?? 0)
  }
  return sums
}
