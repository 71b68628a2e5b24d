import type { Instance } from './instance.ts';

/**
 * The less busy of two instances drawn at random among those that are up and not yet tried. Two draws come close to
 * the least busy of all without every gateway choosing the same one.
 */
export function pickInstance(
  instances: readonly Instance[],
  tried: ReadonlySet<Instance>,
  random: () => number,
): Instance | undefined {
  const candidates = instances.filter((instance) => instance.up && !tried.has(instance));
  if (candidates.length < 2) return candidates[0];
  const first = Math.floor(random() * candidates.length);
  const second = (first + 1 + Math.floor(random() * (candidates.length - 1))) % candidates.length;
  const [a, b] = [candidates[first], candidates[second]];
  return a && b && b.inFlight < a.inFlight ? b : a;
}
