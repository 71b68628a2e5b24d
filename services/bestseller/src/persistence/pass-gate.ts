import type { Tx } from '@onsale/platform/database';

/**
 * Holds the gate of the statistics until the transaction ends: counting shares it, recounting has it alone, so that
 * what is recounted stands still.
 */
export async function passGate(tx: Tx, mode: 'shared' | 'alone'): Promise<void> {
  const lock = mode === 'shared' ? 'FOR SHARE' : 'FOR UPDATE';
  const [row] = await tx.rows(`SELECT id FROM statistics_gate WHERE id = 1 ${lock}`);
  if (row === undefined) throw new Error('the row of statistics_gate is missing');
}
