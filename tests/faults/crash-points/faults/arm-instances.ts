import { randomUUID } from 'node:crypto';
import type { ServiceProcess } from '@onsale/local';
import type { Stage } from '../../campaign/stage.ts';
import { drawOne } from '../../injections/draw.ts';
import type { CrashAction, Reached } from '../crash-control.ts';
import type { CrashPoint } from '../table/crash-points.ts';

const LOOK_EVERY_MS = 100;

/** An instance that got to its armed point. */
export interface Struck {
  readonly service: ServiceProcess;
  readonly reached: Reached;
}

export interface Arming {
  readonly action: CrashAction;
  /** How long to wait for the load to bring one there, in ms. */
  readonly withinMs: number;
}

/**
 * Arms the point and waits until an instance has reached it; what was armed for nothing is disarmed. Of a flow that
 * several services could do all are armed, since it is not known who leads; one of them is struck.
 */
export async function armInstances(
  { platform, crashPoints, random }: Stage,
  point: CrashPoint,
  { action, withinMs }: Arming,
  signal: AbortSignal,
): Promise<Struck | undefined> {
  const running = point.services.flatMap((name) =>
    (platform.services[name] ?? []).flatMap((service) =>
      service.pid === undefined ? [] : [{ service, pid: service.pid }],
    ),
  );
  const one = drawOne(random, running);
  const wanted = point.services.length > 1 || one === undefined ? running : [one];
  const order = { point: point.name, action, firstOf: randomUUID() };
  const tried = await Promise.allSettled(wanted.map(({ pid }) => crashPoints.arm(pid, order)));
  const armed = wanted.filter((_, index) => tried[index]?.status === 'fulfilled');

  const deadline = performance.now() + withinMs;
  let struck: Struck | undefined;
  while (struck === undefined && armed.length > 0 && performance.now() < deadline && !signal.aborted) {
    struck = await struckAmong(armed, LOOK_EVERY_MS);
  }
  // Of the others too, which may have taken the order when nobody waited for their answer any more.
  const left = wanted.filter(({ service }) => service !== struck?.service);
  // One that does not take it has been stopped meanwhile: by its point, which is looked for once more, or by another fault.
  await Promise.allSettled(left.map(({ pid }) => crashPoints.disarm(pid)));
  return struck ?? struckAmong(left, 0);

  async function struckAmong(instances: typeof armed, waitMs: number): Promise<Struck | undefined> {
    const found = await Promise.all(instances.map(({ pid }) => crashPoints.reached(pid, point.name, waitMs)));
    const index = found.findIndex((reached) => reached !== undefined);
    const [reached, instance] = [found[index], instances[index]];
    return reached && instance && { service: instance.service, reached };
  }
}
