import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** docs/formats/verify.py as a stranger runs it: Python and its standard library, beside nothing of ours but ed25519.py. */
export const FORMATS = join(import.meta.dirname, '../../docs/formats')
export const hasPython = spawnSync('python3', ['--version']).status === 0

export function askPython(bundle: Uint8Array, ...keys: string[]): { status: number | null; stdout: string; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'subrosa-python-'))
  try {
    writeFileSync(join(folder, 'bundle.zip'), bundle)
    const args = ['-B', join(FORMATS, 'verify.py'), join(folder, 'bundle.zip'), ...keys]
    const { status, stdout, stderr } = spawnSync('python3', args, { encoding: 'utf8' })
    return { status, stdout, stderr }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether each holds. Many at once, since to start Python takes longer than to check. */
export function askPythonOfMany(bundles: readonly Uint8Array[]): boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'subrosa-python-'))
  try {
    bundles.forEach((bundle, at) => writeFileSync(join(folder, `${at}.zip`), bundle))
    const driver = `
import sys; sys.path.insert(0, sys.argv[1])
import verify
for at in range(int(sys.argv[3])):
    try: list(verify.words(*verify.verify(open(f"{sys.argv[2]}/{at}.zip", "rb").read()), [])); print(1)
    except Exception: print(0)`
    const args = ['-B', '-c', driver, FORMATS, folder, String(bundles.length)]
    const { stdout, stderr } = spawnSync('python3', args, { encoding: 'utf8' })
    const answers = stdout.trim().split('\n')
    if (answers.length !== bundles.length) throw new Error(stderr)
    return answers.map((answer) => answer === '1')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
