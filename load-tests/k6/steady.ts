// So many requests a second through the gateway, in open arrivals, each sent once: whatever is not answered well, failed.
import { setting } from './setting.ts';
import { prepare, sendOne } from './single-requests.ts';
import { type EndData, tellSummary } from './tell-summary.ts';

const rate = Number(setting('RATE'));

/** The gateway answers within twelve seconds: so many may wait at once. All are made before, or some are sent late. */
const players = Math.min(600, Math.max(100, rate * 15));

export const options = {
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      exec: 'steady',
      rate,
      timeUnit: '1s',
      duration: `${setting('SECONDS')}s`,
      preAllocatedVUs: players,
      maxVUs: players,
      gracefulStop: '30s',
    },
  },
  setupTimeout: '2m',
  summaryTrendStats: ['p(50)', 'p(99)', 'max'],
  systemTags: ['status', 'method', 'name', 'scenario', 'error_code', 'expected_response'],
};

export const setup = prepare;
export const steady = sendOne;

export function handleSummary(data: EndData): Record<string, string> {
  tellSummary(data, []);
  return {};
}
