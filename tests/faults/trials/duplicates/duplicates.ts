import { shuffle } from '../../../../load-tests/src/scenario/shuffle.ts';
import { crashPoints } from '../../crash-points/table/crash-points.ts';
import { type Ground, holdTrial } from '../ground/hold-trial.ts';
import type { Trial } from '../trial.ts';
import { prepared } from './prepared.ts';
import { type TriedPoint, tryPoint } from './try-point.ts';

/** Which instance of which service a flow's points end. The two flows of one service end different ones, side by side. */
const victims = {
  'orders.place': { service: 'order', instance: 0 },
  'orders.cancel': { service: 'order', instance: 1 },
  'points.charge': { service: 'point', instance: 0 },
} as const;

type Flow = keyof typeof victims;

const flows: readonly Flow[] = ['orders.place', 'orders.cancel', 'points.charge'];

const pointsOf = (flow: Flow): string[] => crashPoints.filter((point) => point.flow === flow).map(({ name }) => name);

/** Tries the points of one flow, one after the other. */
async function tryFlow(ground: Ground, flow: Flow, points: readonly string[]): Promise<TriedPoint[]> {
  const { stage, shop, asking, say, signal, pairOf } = ground;
  const { service, instance } = victims[flow];
  const pair = pairOf(service);
  const [victim, other] = instance === 0 ? pair : ([pair[1], pair[0]] as const);
  // Past the instance whose next order is to end it.
  const [, unarmed] = pairOf('order');
  const prepare = () => prepared[flow]({ shop, asking, orders: [unarmed] });
  const tried: TriedPoint[] = [];
  for (const point of points) {
    const result = await tryPoint({ stage, shop, asking, point, victim, other, prepare, signal });
    tried.push(result);
    const outcome = result.killed ? 'killed' : 'not reached';
    say(
      `'${point}': ${victim.name} ${outcome}, ${result.keys} keys, all told in ${(result.longestMs / 1000).toFixed(1)} s`,
    );
  }
  return tried;
}

function figuresOf(tried: readonly TriedPoint[]): string {
  const killed = tried.filter((each) => each.killed).length;
  const longest = Math.max(0, ...tried.map(({ longestMs }) => longestMs));
  const keys = tried.reduce((sum, each) => sum + each.keys, 0);
  return `${killed} of ${tried.length} points killed at, ${keys} keys asked fifty times each, all told within ${(longest / 1000).toFixed(1)} s`;
}

export const duplicates: Trial = {
  name: 'duplicates',
  description:
    'fifty duplicates of a key over two instances, of which one is killed at a crash point; counted are the points',
  counts: { short: 6, long: flows.flatMap(pointsOf).length },
  run: (options) =>
    holdTrial(options, async (ground) => {
      const decks = flows.map((flow) => shuffle(pointsOf(flow), ground.random));
      // Dealt in turns, so that a few points are of every flow.
      const most = Math.max(...decks.map((deck) => deck.length));
      const dealt = Array.from({ length: most }, (_, place) =>
        decks.flatMap((deck) => deck.slice(place, place + 1)),
      ).flat();
      const chosen = new Set(dealt.slice(0, options.count));
      const tried = await Promise.all(
        flows.map((flow, index) => {
          const points = (decks[index] ?? []).filter((point) => chosen.has(point));
          return tryFlow(ground, flow, points);
        }),
      );
      const all = tried.flat();
      return {
        figures: figuresOf(all),
        happened: all.every(({ killed }) => killed),
        violations: all.flatMap(({ point, violations }) => violations.map((each) => `'${point}': ${each}`)),
      };
    }),
};
