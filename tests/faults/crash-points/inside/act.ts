import { appendFileSync, closeSync, openSync } from 'node:fs';
import { firstFileOf, type ReachedLine, reachedFileOf } from '../protocol.ts';
import type { Armed } from './crash-switch.ts';

const signals = { kill: 'SIGKILL', stop: 'SIGSTOP' } as const;

/** Writes down that the point was reached, and then ends or stops this very process: not another statement is run. */
export const actIn =
  (folder: string) =>
  ({ orderId, point, action, firstOf }: Armed, detail: string): void => {
    if (firstOf !== undefined && !isFirst(firstFileOf(folder, firstOf))) return;
    const line: ReachedLine = { orderId, point: point.name, action, pid: process.pid, at: Date.now(), detail };
    appendFileSync(reachedFileOf(folder), `${JSON.stringify(line)}\n`);
    process.kill(process.pid, signals[action]);
  };

/** Whether the file was not there yet; it is now. */
function isFirst(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx'));
    return true;
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'EEXIST') return false;
    throw error;
  }
}
