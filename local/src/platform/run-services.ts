import { keepLogsBounded } from '../services/keep-logs-bounded.ts';
import type { ServiceProcess } from '../services/service-process.ts';
import { type BuildServices, buildServices } from './build-services.ts';

/** The gateway first: what it has in flight is finished while those behind it still serve. */
async function stopServices(services: ReadonlyMap<string, readonly ServiceProcess[]>): Promise<void> {
  const front = services.get('gateway') ?? [];
  await Promise.all(front.map((service) => service.stop()));
  const rest = [...services.values()].flat().filter((service) => !front.includes(service));
  await Promise.all(rest.map((service) => service.stop()));
}

/**
 * Starts the services at once and the gateway when they are ready, so that it never sees one down that is only coming up.
 * `undo` is given what stops them in order.
 */
export async function runServices(
  undo: AsyncDisposableStack,
  options: BuildServices,
): Promise<ReadonlyMap<string, readonly ServiceProcess[]>> {
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, options.supervision.signal]);
  const services = buildServices({ ...options, supervision: { ...options.supervision, signal } });
  const all = [...services.values()].flat();
  undo.defer(keepLogsBounded(all.map(({ logFile }) => logFile)));
  undo.defer(() => stopServices(services));
  // What ends from now on has not died.
  undo.defer(() => stopping.abort());
  const front = services.get('gateway') ?? [];
  await Promise.all(all.filter((service) => !front.includes(service)).map((service) => service.restart()));
  await Promise.all(front.map((service) => service.restart()));
  return services;
}
