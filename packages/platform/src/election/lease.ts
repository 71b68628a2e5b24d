import { z } from 'zod';

/** A Lease of coordination.k8s.io/v1. What is not ours in it is kept as it is. */
export const leaseSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), resourceVersion: z.string() }),
  spec: z
    .looseObject({
      holderIdentity: z.string().nullish(),
      leaseDurationSeconds: z.int().min(1).nullish(),
      acquireTime: z.string().nullish(),
      renewTime: z.string().nullish(),
      leaseTransitions: z.int().min(0).nullish(),
    })
    .default({}),
});

export type Lease = z.output<typeof leaseSchema>;

/** Who holds it; empty when nobody does. */
export const holderOf = (lease: Lease): string => lease.spec.holderIdentity ?? '';

export interface Holding {
  readonly identity: string;
  readonly leaseSeconds: number;
  /** For those who read the object; no candidate compares it with a clock. */
  readonly now: Date;
}

/** The spec of a lease that is taken, or renewed by its holder. */
export function heldSpec(before: Lease['spec'], { identity, leaseSeconds, now }: Holding): Lease['spec'] {
  const same = before.holderIdentity === identity;
  const renewTime = microTime(now);
  return {
    ...before,
    holderIdentity: identity,
    leaseDurationSeconds: leaseSeconds,
    acquireTime: same ? (before.acquireTime ?? renewTime) : renewTime,
    renewTime,
    leaseTransitions: (before.leaseTransitions ?? 0) + (same || before.leaseTransitions == null ? 0 : 1),
  };
}

/** The spec of a lease that its holder lets go: whoever sees it may take it at once. */
export function freeSpec(before: Lease['spec'], now: Date): Lease['spec'] {
  return { ...before, holderIdentity: '', leaseDurationSeconds: 1, renewTime: microTime(now) };
}

/** Kubernetes' MicroTime has exactly six digits behind the second. */
const microTime = (at: Date): string => at.toISOString().replace('Z', '000Z');
