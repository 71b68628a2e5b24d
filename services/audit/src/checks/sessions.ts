import type { Check } from './check.ts';
import { countAll } from './count-all.ts';
import { findBroken } from './find-broken.ts';

const live = 'used_at IS NULL AND revoked_at IS NULL AND expires_at > :now';

const families = `
  SELECT family_id AS familyId, SUM(${live}) AS live, SUM(revoked_at IS NOT NULL) AS revoked, COUNT(DISTINCT user_id) AS users
    FROM refresh_tokens GROUP BY family_id`;

export const sessions: Check = {
  name: 'sessions',
  promise: 'Every session has one user and at most one live token, and none once it was ended.',
  needs: ['auth'],
  run: async ({ auth }) => {
    if (auth === undefined) throw new TypeError('the auth schema is needed');
    const values = { now: auth.takenAt };
    return {
      counted: await countAll(
        auth,
        `SELECT COUNT(DISTINCT family_id) AS 'sessions', COUNT(*) AS 'tokens', SUM(${live}) AS 'live' FROM refresh_tokens`,
        values,
      ),
      ...(await findBroken(
        auth,
        [
          { problem: 'two tokens of the session are live', sql: `SELECT * FROM (${families}) AS f WHERE live > 1` },
          {
            // A used token that comes back ends the session, as logging out does: all its tokens are revoked.
            problem: 'the session was ended and is live',
            sql: `SELECT * FROM (${families}) AS f WHERE live > 0 AND revoked > 0`,
          },
          { problem: 'the session has two users', sql: `SELECT * FROM (${families}) AS f WHERE users > 1` },
        ],
        values,
      )),
    };
  },
};
