import type { Failover } from '../failover.ts';
import type { FailoverServer } from '../servers/failover-server.ts';
import type { Following } from '../servers/server-state.ts';

/** Whether all that somebody was told of is on the replica. */
export type Loss =
  | { readonly kind: 'none' }
  /** The highest commit that somebody was told of, and which the replica lacks of those before it. */
  | { readonly kind: 'missing'; readonly gtids: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Compares what was acknowledged of the lost primary's commits with what its replica has received. */
export async function judgeLoss(
  witness: Failover['witness'],
  replica: FailoverServer,
  { sourceUuid, received }: Following,
): Promise<Loss> {
  let highest: number | undefined;
  try {
    highest = await witness.highestOf(sourceUuid);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'unknown', why: `Redis does not tell what was acknowledged (${why})` };
  }
  if (highest === undefined) {
    return { kind: 'unknown', why: 'Redis has no note of what was acknowledged: it is new or was emptied' };
  }
  if (await replica.contains(`${sourceUuid}:${highest}`, received)) return { kind: 'none' };
  return { kind: 'missing', gtids: await replica.lacking(`${sourceUuid}:1-${highest}`, received) };
}
