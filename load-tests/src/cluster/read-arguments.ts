import { parseArgs } from 'node:util';
import { SaleError } from '../sale/sale-error.ts';

const kinds = ['drop', 'steady', 'peak'] as const;
const mixes = ['browse', 'orders'] as const;

export interface LoadArguments {
  readonly kind: (typeof kinds)[number];
  readonly namespace: string;
  readonly release: string;
  readonly context: string | undefined;
  readonly kubeconfig: string | undefined;
  /** Where k6 sends its measurements: an address, `none`, or undefined for the namespace's own InfluxDB. */
  readonly influxdb: string | undefined;
  /** Of k6. */
  readonly image: string;
  /** The node to run on, by its host name. */
  readonly node: string | undefined;
  /** What was made stays for a look at it. */
  readonly keep: boolean;
  /** How many times faster than it was written the drop is played. */
  readonly speed: number;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly mix: (typeof mixes)[number];
  readonly maxFailed: number;
}

export const usage = [
  'usage: npm run load -- drop   --in-cluster [--speed 1]',
  '       npm run load -- steady --in-cluster [--rate 60] [--duration 180s] [--mix browse|orders] [--max-failed 0]',
  '       npm run load -- peak   --in-cluster [--duration 20s] [--mix browse|orders]',
  'all:   [--namespace onsale] [--release onsale] [--context NAME] [--kubeconfig FILE] [--influxdb none|URL]',
  '       [--image grafana/k6:1] [--node NAME] [--keep]',
].join('\n');

const options = {
  'in-cluster': { type: 'boolean', default: false },
  namespace: { type: 'string', default: 'onsale' },
  release: { type: 'string', default: 'onsale' },
  context: { type: 'string' },
  kubeconfig: { type: 'string' },
  influxdb: { type: 'string' },
  image: { type: 'string', default: 'grafana/k6:1' },
  node: { type: 'string' },
  keep: { type: 'boolean', default: false },
  speed: { type: 'string', default: '1' },
  rate: { type: 'string', default: '60' },
  duration: { type: 'string' },
  mix: { type: 'string', default: 'browse' },
  'max-failed': { type: 'string', default: '0' },
} as const;

const fail = (reason: string): never => {
  throw new SaleError(`${reason}\n${usage}`);
};

function oneOf<T extends string>(name: string, text: string | undefined, list: readonly T[]): T {
  return list.find((item) => item === text) ?? fail(`${name} must be ${list.join(' or ')}`);
}

function numberFrom(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  const fits = text.trim() !== '' && value >= least && value <= most;
  return fits ? value : fail(`${name} must be a number from ${least} to ${most}`);
}

/** Seconds of `180s`, `3m` or `180`. */
function secondsOf(text: string): number {
  const [, digits = '', unit = 's'] = /^(\d+)(s|m)?$/.exec(text) ?? [];
  return numberFrom('--duration', digits, 1, 3_600) * (unit === 'm' ? 60 : 1);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return fail(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
}

/** Reads the command line of the load. @throws SaleError with the usage when it cannot be understood */
export function readArguments(args: readonly string[]): LoadArguments {
  const { values, positionals } = parse(args);
  const kind = oneOf('the load', positionals.length === 1 ? positionals[0] : undefined, kinds);
  if (!values['in-cluster']) fail('--in-cluster is needed: on one machine it is npm run sale');
  return {
    kind,
    namespace: values.namespace,
    release: values.release,
    context: values.context,
    kubeconfig: values.kubeconfig,
    influxdb: values.influxdb,
    image: values.image,
    node: values.node,
    keep: values.keep,
    speed: numberFrom('--speed', values.speed, 0.1, 20),
    rate: Math.round(numberFrom('--rate', values.rate, 1, 5_000)),
    seconds: secondsOf(values.duration ?? (kind === 'peak' ? '20s' : '180s')),
    mix: oneOf('--mix', values.mix, mixes),
    maxFailed: numberFrom('--max-failed', values['max-failed'], 0, 1_000_000),
  };
}
