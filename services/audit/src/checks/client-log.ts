import { judgeKey, resolutionOf } from '../client-log/judge-key.ts';
import { tellStories } from '../client-log/key-story.ts';
import { loadKeyStates } from '../client-log/load-key-states.ts';
import { readLog } from '../client-log/read-log.ts';
import type { BrokenRow } from '../report/audit-report.ts';
import type { Check } from './check.ts';
import { NAMED_ROWS } from './find-broken.ts';
import { tooOld } from './too-old.ts';

const KEYS_A_BATCH = 500;

export const clientLog: Check = {
  name: 'client-log',
  promise:
    'Every 2xx has its row with the same numbers, a refusal left nothing, and what stayed unknown happened once or not at all.',
  needs: ['client-log'],
  run: async ({ commerce, clientLog: path = '', keysSince }) => {
    const stories = await tellStories(readLog(path));
    const counted = {
      attempts: 0,
      keys: stories.length,
      answered: 0,
      refused: 0,
      'unknown, done': 0,
      'unknown, not done': 0,
    };
    const rows: BrokenRow[] = [];
    let total = 0;
    let older = 0;
    for (let start = 0; start < stories.length; start += KEYS_A_BATCH) {
      const batch = stories.slice(start, start + KEYS_A_BATCH);
      const states = await loadKeyStates(commerce, batch);
      for (const [index, story] of batch.entries()) {
        const state = states[index] ?? {};
        const answersKept = story.lastAt >= keysSince.getTime();
        const problems = judgeKey(story, state, { answersKept });
        const resolution = resolutionOf(story);
        counted.attempts += story.attempts;
        if (resolution !== 'unknown') counted[resolution] += 1;
        else counted[state.reference === undefined ? 'unknown, not done' : 'unknown, done'] += 1;
        if (!answersKept) older += 1;
        if (problems.length > 0) total += 1;
        if (problems.length > 0 && rows.length < NAMED_ROWS) {
          const { userId, kind, key, asked, answer, contradiction } = story;
          rows.push({ problem: problems.join('; '), row: { userId, kind, key, asked, answer, contradiction, state } });
        }
      }
    }
    return { counted, total, rows, remarks: tooOld(older, 'keys', keysSince) };
  },
};
