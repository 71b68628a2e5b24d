import { appendFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '@onsale/local';
import type { RunPlan } from './plan.ts';

/** Where a run leaves what it leaves: plan, log, history, the audit's report, and the platform with its logs. */
export interface RunFolder {
  readonly path: string;
  /** Adds a line to the run's log. */
  log(line: string): void;
  /** Keeps what explains a run; the servers' data go. */
  keepWhatExplains(): void;
  remove(): void;
}

export function openRunFolder(campaignFolder: string, plan: RunPlan): RunFolder {
  const path = join(campaignFolder, plan.seed);
  mkdirSync(path, { mode: 0o700 });
  writeFileSync(join(path, 'plan.json'), `${JSON.stringify(plan, undefined, 2)}\n`);
  const platform = join(path, 'platform');
  return {
    path,
    log: (line) => appendFileSync(join(path, 'run.log'), `${new Date().toISOString()} ${line}\n`),
    keepWhatExplains() {
      const { logs, servers } = dataFolder(platform);
      for (const from of [logs, join(servers, 'logs')]) {
        if (existsSync(from)) cpSync(from, join(path, 'logs'), { recursive: true });
      }
      rmSync(platform, { recursive: true, force: true });
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
