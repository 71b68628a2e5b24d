import { appendFileSync } from 'node:fs';
import { type ReachedLine, reachedFileOf } from '../protocol.ts';
import type { Armed } from './crash-switch.ts';

const signals = { kill: 'SIGKILL', stop: 'SIGSTOP' } as const;

/** Writes down that the point was reached, and then ends or stops this very process: not another statement is run. */
export const actIn =
  (folder: string) =>
  ({ orderId, point, action }: Armed, detail: string): void => {
    const line: ReachedLine = { orderId, point: point.name, action, pid: process.pid, at: Date.now(), detail };
    appendFileSync(reachedFileOf(folder), `${JSON.stringify(line)}\n`);
    process.kill(process.pid, signals[action]);
  };
