// The entry of the image's dev target: runs Node with these arguments, and starts it anew when a source changes of the
// workspace of its main file or of one that this workspace depends on. Folders are watched, not files, for a file that is
// replaced would be lost. Until the first change it is as if this were not here: what ends, ends with its own code. From
// then on a main file that fails waits for the next change, since the end of the container would undo what was changed.
// Usage: node scripts/restart-on-change.ts [flags] <file.ts> [arguments]
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, type FSWatcher, readdirSync, readFileSync, realpathSync, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A change comes as several events, and often with other changes. */
const settleMs = 200;
/** Longer than a service's own budget to drain. */
const killAfterMs = 20_000;

const args = process.argv.slice(2);
const main = args.find((arg) => arg.endsWith('.ts'));
if (main === undefined) throw new Error('which file? node scripts/restart-on-change.ts [flags] <file.ts> [arguments]');

let watchers: FSWatcher[] = [];
let settling: NodeJS.Timeout | undefined;
let child: ChildProcess | undefined;
let changed = false;
let wanted = false;

const workspaces = closureOf(workspaceOf(resolve(main)));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(signal));
watchAll();
start();

function start(): void {
  wanted = false;
  child = spawn(process.execPath, args, { stdio: 'inherit' });
  child.once('exit', (code, signal) => {
    child = undefined;
    if (wanted) {
      start();
      return;
    }
    if (!changed) process.exit(code ?? 1);
    say(`ended (${signal ?? code}), and waits for a change`);
  });
}

function end(signal: NodeJS.Signals): void {
  changed = false;
  wanted = false;
  clearTimeout(settling);
  for (const watcher of watchers) watcher.close();
  if (child) child.kill(signal);
  else process.exit(0);
}

function restart(file: string): void {
  say(`starts anew: ${file} has changed`);
  changed = true;
  watchAll();
  if (wanted) return;
  if (!child) {
    start();
    return;
  }
  wanted = true;
  const dying = child;
  const timer = setTimeout(() => dying.kill('SIGKILL'), killAfterMs);
  dying.once('exit', () => clearTimeout(timer));
  dying.kill('SIGTERM');
}

/** Folders may have come and gone, so all are watched anew. */
function watchAll(): void {
  for (const watcher of watchers) watcher.close();
  watchers = workspaces.flatMap(foldersIn).map((folder) =>
    watch(folder, (_event, name) => {
      const path = join(folder, name ?? '');
      // A folder that came may hold files that nobody saw come.
      if (!/\.(ts|json)$/.test(path) && !existsSync(join(path, '.'))) return;
      clearTimeout(settling);
      settling = setTimeout(restart, settleMs, path);
    }).on('error', () => undefined),
  );
}

function foldersIn(root: string): string[] {
  const inner = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'node_modules',
  );
  return [root, ...inner.flatMap(({ name }) => foldersIn(join(root, name)))];
}

function workspaceOf(file: string): string {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  throw new Error(`${file} belongs to no package`);
}

/** The workspace and all of ours that it depends on. */
function closureOf(workspace: string): string[] {
  const open = [workspace];
  for (const folder of open) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies).filter((each) => each.startsWith('@onsale/'))) {
      const found = realpathSync(join('node_modules', name));
      if (!open.includes(found)) open.push(found);
    }
  }
  return open;
}

function say(line: string): void {
  process.stderr.write(`restart-on-change: ${main} ${line}\n`);
}
