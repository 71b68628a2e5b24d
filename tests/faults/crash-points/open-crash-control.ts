import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { CrashControl, Reached } from './crash-control.ts';
import { FOLDER_VARIABLE, reachedFileOf, socketOf } from './protocol.ts';
import { readReached } from './read-reached.ts';
import { ANSWER_WITHIN_MS, ProcessGoneError, sendOrder } from './send-order.ts';
import { crashPoints } from './table/crash-points.ts';

const LOOK_EVERY_MS = 20;
/** How long the path of a socket may be on Linux, in bytes. */
const LONGEST_PATH = 107;
const HIGHEST_PID = 4_194_304;

/**
 * The crash points of the services that are started with its environment. What they reach is written in the folder,
 * which is made; its path must be short enough for a socket.
 */
export function openCrashControl(folder: string): CrashControl {
  if (Buffer.byteLength(socketOf(folder, HIGHEST_PID)) > LONGEST_PATH) {
    throw new Error(`the path of the crash points' folder is too long for a socket: ${folder}`);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = new Set(crashPoints.map(({ name }) => name));
  const lastOrders = new Map<number, string>();
  const find = (pid: number, point: string): Reached | undefined => {
    const orderId = lastOrders.get(pid);
    const line = readReached(reachedFileOf(folder)).find((one) => one.orderId === orderId && one.point === point);
    return line && { point, action: line.action, pid, at: line.at, detail: line.detail };
  };

  return {
    environment: {
      NODE_OPTIONS: `--import=${new URL('./preload.ts', import.meta.url).href}`,
      [FOLDER_VARIABLE]: folder,
    },
    async arm(pid, { point, action, after = 1, firstOf }) {
      if (!names.has(point)) throw new Error(`there is no crash point ${point}`);
      const orderId = randomUUID();
      // Noted first: the point may be reached before the answer is read.
      lastOrders.set(pid, orderId);
      const takeBy = Date.now() + ANSWER_WITHIN_MS;
      await sendOrder(socketOf(folder, pid), { kind: 'arm', orderId, point, action, after, firstOf, takeBy });
    },
    async disarm(pid) {
      try {
        await sendOrder(socketOf(folder, pid), { kind: 'disarm' });
      } catch (error) {
        if (!(error instanceof ProcessGoneError)) throw error;
      }
    },
    async reached(pid, point, withinMs) {
      const deadline = performance.now() + withinMs;
      for (;;) {
        const found = find(pid, point);
        if (found !== undefined || performance.now() >= deadline) return found;
        await delay(LOOK_EVERY_MS);
      }
    },
  };
}
