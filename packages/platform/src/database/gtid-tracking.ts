import type { Connection } from 'mysql2';
import type { ServerFacts } from './server-facts.ts';
import { runOn } from './session-settings.ts';

export interface GtidTracking {
  /** Whether commits tell their GTIDs; undefined until a connection was made. */
  readonly works: boolean | undefined;
  /** Turns the telling on for a new session where it is not the server's default. */
  begin(connection: Connection, facts: ServerFacts): Promise<void>;
}

/**
 * Setting `session_track_gtids` is a privileged operation on many servers; such a server must have it as its global
 * default, and one that has not is found out here, so that a user's own reads go to the primary instead.
 */
export function createGtidTracking(): GtidTracking {
  let works: boolean | undefined;
  let refused = false;
  return {
    get works() {
      return works;
    },
    async begin(connection, { hasGtids, tellsGtids }) {
      if (!hasGtids) works = false;
      else if (tellsGtids) works = true;
      else if (refused) works = false;
      else {
        works = await runOn(connection, `SET SESSION session_track_gtids = 'OWN_GTID'`).then(
          () => true,
          () => false,
        );
        refused = !works;
      }
    },
  };
}
