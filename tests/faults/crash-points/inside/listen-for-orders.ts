import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { ANSWER_ENDS, type CrashAnswer, crashOrder, socketOf } from '../protocol.ts';
import { crashPoints } from '../table/crash-points.ts';
import type { CrashSwitch } from './crash-switch.ts';

/** Takes orders from outside, without keeping the process alive. */
export function listenForOrders(folder: string, crashSwitch: Pick<CrashSwitch, 'arm' | 'disarm'>): void {
  const points = new Map(crashPoints.map((point) => [point.name, point]));

  const take = (sent: string): CrashAnswer => {
    const order = crashOrder.parse(JSON.parse(sent));
    if (order.kind === 'disarm') {
      crashSwitch.disarm();
      return { taken: true };
    }
    if (Date.now() >= order.takeBy) return { refused: 'the order came too late' };
    const point = points.get(order.point);
    if (point === undefined) return { refused: `there is no crash point ${order.point}` };
    crashSwitch.arm({ ...order, point });
    return { taken: true };
  };

  const serve = async (socket: Socket): Promise<void> => {
    try {
      const answer = take(await text(socket));
      socket.end(JSON.stringify(answer) + ANSWER_ENDS);
    } catch (error) {
      // Whoever asked sees it hang up.
      socket.destroy(error instanceof Error ? error : undefined);
    }
  };

  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined).unref();
    void serve(socket);
  });
  const path = socketOf(folder, process.pid);
  // An earlier process of this id may have left its socket.
  rmSync(path, { force: true });
  server.listen(path).unref();
}
