import { test } from 'k6/execution';
import { tell } from './tell.ts';

/** Does what the script cannot go on without; when it fails, tells why and ends the whole run. */
export async function orTell<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ told: 'problem', message });
    return test.abort(message);
  }
}
