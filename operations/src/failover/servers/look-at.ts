import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../../command-line/command-error.ts';
import type { FailoverServer } from './failover-server.ts';
import type { ServerState } from './server-state.ts';

export type Look =
  | { readonly answers: true; readonly state: ServerState }
  /** `refuses`: nobody listens there, so the server does not run; otherwise it may hang or be out of reach. */
  | { readonly answers: false; readonly refuses: boolean; readonly why: string };

/** Asks once; no answer is an answer here. */
export async function lookAt(server: FailoverServer): Promise<Look> {
  try {
    return { answers: true, state: await server.state() };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const { cause } = error;
    const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
    return { answers: false, refuses: code === 'ECONNREFUSED', why: error.message };
  }
}

const tries = 3;
const betweenMs = 1_000;

/** Asks until it answers, three times at most: one lost connection does not make a lost server. */
export async function lookThrice(server: FailoverServer): Promise<Look> {
  for (let tried = 1; ; tried += 1) {
    const look = await lookAt(server);
    if (look.answers || tried === tries) return look;
    await delay(betweenMs);
  }
}
