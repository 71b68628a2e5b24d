import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../../command-line/command-error.ts';
import type { Failover } from '../failover.ts';
import { promote } from '../promotion/promote.ts';
import { lookAt } from '../servers/look-at.ts';
import { namedServers } from '../servers/named-servers.ts';

export interface WatchOptions {
  /** How long the primary must take no writes before its replica is promoted. */
  readonly afterSeconds: number;
  /** Told how long it has been silent, and what came of a promotion. */
  readonly onSilence: (seconds: number) => void;
  readonly onPromotion: (outcome: 'done' | 'refused') => void;
}

const everyMs = 1_000;
/** After a promotion that was refused. */
const restMs = 10_000;

/** Looks at the primary once a second until the signal aborts, and promotes the replica after a silence, never with loss. */
export async function watchPrimary(failover: Failover, options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { say, forget } = withoutRepeats(failover.report);
  let silentSince: number | undefined;
  while (!signal.aborted) {
    const silence = await silenceOf(failover);
    if (silence === undefined) {
      if (silentSince !== undefined) {
        forget();
        say('the primary takes writes again');
      }
      silentSince = undefined;
    } else {
      silentSince ??= performance.now();
      say(silence);
    }
    const silentSeconds = silentSince === undefined ? 0 : (performance.now() - silentSince) / 1000;
    options.onSilence(silentSeconds);
    const promoted =
      silentSeconds >= options.afterSeconds && !signal.aborted ? await tryToPromote(failover, say) : undefined;
    if (promoted !== undefined) options.onPromotion(promoted ? 'done' : 'refused');
    await delay(promoted === false ? restMs : everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Why the primary cannot be written to; undefined when it can. */
async function silenceOf(failover: Failover): Promise<string | undefined> {
  try {
    const { primary } = await namedServers(failover);
    const look = await lookAt(primary);
    if (!look.answers) return `the primary does not answer (${look.why})`;
    return look.state.writable ? undefined : `${primary.name} is named primary and takes no writes`;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return error.message;
  }
}

async function tryToPromote(failover: Failover, say: (line: string) => void): Promise<boolean> {
  try {
    const { primary } = await promote({ ...failover, report: say }, { acceptLoss: false });
    say(`${primary} is the primary; nothing that was acknowledged is missing`);
    return true;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    say(error.message);
    return false;
  }
}

/** Passes each line on once until it is to forget them: a silence of hours does not fill the log. */
function withoutRepeats(report: (line: string) => void) {
  let recent: readonly string[] = [];
  return {
    say(line: string): void {
      if (recent.includes(line)) return;
      recent = [line, ...recent].slice(0, 16);
      report(line);
    },
    forget(): void {
      recent = [];
    },
  };
}
