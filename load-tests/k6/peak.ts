// More and more players, each asking again as soon as it is answered: the best stretch is what the shop can bear.
import { setting } from './setting.ts';
import { prepare, sendOne } from './single-requests.ts';
import { countedByLevel, type EndData, type Level, tellSummary } from './tell-summary.ts';

const counts = [4, 8, 16, 32, 64];
const seconds = Number(setting('SECONDS')) / counts.length;
const levels = counts.map((players): Level => ({ name: `players-${players}`, players, seconds }));

const scenarioOf = ({ name, players }: Level, index: number) => [
  name,
  {
    executor: 'constant-vus',
    exec: 'peak',
    vus: players,
    startTime: `${index * seconds}s`,
    duration: `${seconds}s`,
    // What is under way when a stretch ends is of no stretch.
    gracefulStop: '0s',
  },
];

export const options = {
  scenarios: Object.fromEntries(levels.map(scenarioOf)),
  thresholds: countedByLevel(levels),
  setupTimeout: '2m',
  summaryTrendStats: ['p(50)', 'p(99)', 'max'],
  systemTags: ['status', 'method', 'name', 'scenario', 'error_code', 'expected_response'],
};

export const setup = prepare;
export const peak = sendOne;

export function handleSummary(data: EndData): Record<string, string> {
  tellSummary(data, levels);
  return {};
}
