import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startServers } from './start-servers.ts';
import { processesIn } from './testing/processes-in.ts';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.ts';

const limitMs = 120_000;

/** A tool of its own that starts servers and then waits. */
async function startTool(dataFolder: string, started: (tool: ChildProcess) => void) {
  const index = new URL('index.ts', import.meta.url).href;
  const script = `const { startServers } = await import(${JSON.stringify(index)});
    await startServers({ dataFolder: ${JSON.stringify(dataFolder)}, mysql: { replica: true }, redis: true });
    console.log('up'); setInterval(() => undefined, 1000);`;
  const tool = spawn(process.execPath, ['--input-type=module', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
  started(tool);
  tool.stdin.end(script);
  await once(tool.stdout, 'data');
  return tool;
}

describe('nothing is left behind', () => {
  let folder: TemporaryFolder;
  const tools: ChildProcess[] = [];
  const keep = (tool: ChildProcess) => tools.push(tool);
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    for (const tool of tools.splice(0)) tool.kill('SIGKILL');
    for (const pid of processesIn(folder.path)) process.kill(pid, 'SIGKILL');
    await folder.remove();
  });

  test(
    'a tool that was killed: the next start ends its servers and serves',
    async () => {
      const tool = await startTool(folder.path, keep);
      const orphans = processesIn(folder.path);
      expect(orphans).toHaveLength(3);
      tool.kill('SIGKILL');
      await once(tool, 'exit');
      expect(processesIn(folder.path)).toEqual(orphans);

      const lines: string[] = [];
      const servers = await startServers({
        dataFolder: folder.path,
        mysql: { replica: true },
        redis: true,
        report: (line) => lines.push(line),
      });
      expect(lines[0]).toMatch(/^ending what an earlier start left: (mysql-1|mysql-2|redis-1)/);
      expect(processesIn(folder.path).filter((pid) => orphans.includes(pid))).toEqual([]);
      expect(await servers.mysql?.query('SELECT @@super_read_only AS readOnly')).toEqual([{ readOnly: 0 }]);
      await servers.stop();
      expect(processesIn(folder.path)).toEqual([]);
    },
    limitMs,
  );

  test(
    'a tool that is alive keeps its servers, and the other is told in one line',
    async () => {
      const tool = await startTool(folder.path, keep);
      const before = processesIn(folder.path);
      const refused = startServers({ dataFolder: folder.path, redis: true });
      await expect(refused).rejects.toThrow(
        `${folder.path} is in use (process ${tool.pid}): stop that one first, or choose another data folder`,
      );
      expect(processesIn(folder.path)).toEqual(before);
      tool.kill('SIGKILL');
      await once(tool, 'exit');
      await (await startServers({ dataFolder: folder.path, redis: true })).stop();
      expect(processesIn(folder.path)).toEqual([]);
    },
    limitMs,
  );

  test(
    'a failed start stops what it had started',
    async () => {
      const taken = createServer();
      taken.listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const address = taken.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      const refused = startServers({
        dataFolder: folder.path,
        redis: true,
        mysql: { replica: true },
        ports: { redis: port },
      });
      await expect(refused).rejects.toThrow(`Redis 1: port ${port} is in use`);
      expect(processesIn(folder.path)).toEqual([]);
      await new Promise((resolve) => taken.close(resolve));
      // Nothing of it is in the way of the next one, on the very same port.
      await (await startServers({ dataFolder: folder.path, redis: true, ports: { redis: port } })).stop();
    },
    limitMs,
  );

  test(
    'an aborted start stops what it had started',
    async () => {
      const abort = new AbortController();
      const report = (line: string) => {
        if (line === 'MySQL: starting mysql-2…') setTimeout(() => abort.abort(new Error('Ctrl-C')), 300);
      };
      const refused = startServers({
        dataFolder: folder.path,
        redis: true,
        mysql: { replica: true },
        kafka: { brokers: 1 },
        signal: abort.signal,
        report,
      });
      await expect(refused).rejects.toThrow('Ctrl-C');
      expect(processesIn(folder.path)).toEqual([]);
    },
    limitMs,
  );
});
