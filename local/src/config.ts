import { resolve } from 'node:path';
import { StartError } from '@onsale/local-servers';
import { checkout } from './checkout.ts';
import type { GatewayPort } from './platform/reserve-instances.ts';

export interface LocalConfig {
  readonly dataFolder: string;
  readonly gateway: GatewayPort;
  /** Instances of a service, where more than one is wanted. */
  readonly instances: Readonly<Record<string, number>>;
  /** Whether products and users are added where they are missing. */
  readonly seed: boolean;
  /** Given on to every service. */
  readonly serviceEnvironment: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const defaultPort = 8080;
const mostInstances = 8;

/** The data folder of the platform: `.onsale` in the checkout, or what ONSALE_DATA_FOLDER names. */
export function dataFolderOf(environment: Environment): string {
  return resolve(environment.ONSALE_DATA_FOLDER || `${checkout}/.onsale`);
}

function gatewayOf(text: string | undefined): GatewayPort {
  if (!text) return { port: defaultPort, exact: false };
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new StartError('ONSALE_PORT: must be a port number from 1 to 65535');
  }
  return { port, exact: true };
}

function instancesOf(text: string | undefined): Record<string, number> {
  const pairs = (text ?? '').split(',').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, service = '', count = ''] = /^([a-z-]+)=([1-9])$/.exec(pair.trim()) ?? [];
      if (!service || Number(count) > mostInstances) {
        throw new StartError(`ONSALE_INSTANCES: must be like order=2,point=2, with at most ${mostInstances} each`);
      }
      return [service, Number(count)];
    }),
  );
}

function seedOf(text: string | undefined): boolean {
  if (text && !['on', 'off'].includes(text)) throw new StartError('ONSALE_SEED: must be on or off');
  return text !== 'off';
}

/** Parses the environment of `npm start`; throws a StartError that names the variable and the rule. */
export function loadLocalConfig(environment: Environment = process.env): LocalConfig {
  const givenOn = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      (/^(OTEL_|LC_)/.test(entry[0]) || ['PATH', 'HOME', 'LANG', 'LOG_LEVEL'].includes(entry[0])),
  );
  return {
    dataFolder: dataFolderOf(environment),
    gateway: gatewayOf(environment.ONSALE_PORT),
    instances: instancesOf(environment.ONSALE_INSTANCES),
    seed: seedOf(environment.ONSALE_SEED),
    serviceEnvironment: Object.fromEntries(givenOn),
  };
}
