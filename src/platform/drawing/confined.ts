import { spawn, type ChildProcess } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Ended by SIGKILL, by its bounds or by itself. */
export type Confined = ChildProcess

export type Bounds = {
  /** KiB of its data */
  memory: number
  /** seconds of processor time in its whole life */
  cpu: number
  /** Native code may be loaded, which Node's permission model does not bind. */
  hasAddons: boolean
  /** What a person waits for goes first. */
  isLow: boolean
}

/**
 * A process for what strangers made: no environment, no right to read anything but the program and its packages, to write a byte to
 * a file, or to start a process or a thread. It takes from the pipe 0 and gives to the pipe 3; what it prints is heard by nobody.
 * Node's permission model does not keep it from the network: what runs in it must not fetch.
 */
export function startConfined(program: URL, bounds: Bounds): Confined {
  const here = fileURLToPath(new URL('../../..', import.meta.url))
  const places = [...new Set([here, realpathSync(`${here}node_modules`)])]
  const args = [
    '--permission',
    ...(bounds.hasAddons ? ['--allow-addons'] : []),
    ...places.map((place) => `--allow-fs-read=${place}`),
    '--max-old-space-size=192',
    fileURLToPath(program),
  ]
  const isWindows = process.platform === 'win32'
  const [command, given] = isWindows ? [process.execPath, args] : ['/bin/sh', ['-c', script(bounds), process.execPath, ...args]]
  const child = spawn(command, given, {
    env: { TMPDIR: '/nonexistent' },
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    windowsHide: true,
  })
  if (isWindows && bounds.isLow && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  return child
}

/**
 * No byte into any file and no core dump, or it does not begin. So much memory and processor time, so that an orphan too comes to
 * its end; where the system gives less already, that stands. `nice` before it begins, since each of its threads has a priority.
 */
const script = ({ memory, cpu, isLow }: Bounds): string =>
  `ulimit -f 0 && ulimit -c 0 || exit 1; ulimit -d ${memory}; ulimit -t ${cpu}; ` +
  (isLow ? 'command -v nice >/dev/null && exec nice -n 10 "$0" "$@"; ' : '') +
  'exec "$0" "$@"'
