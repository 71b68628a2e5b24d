import type { LocalServers, ServerPorts } from '@onsale/local-servers';
import type { SeedPlan } from '@onsale/seed';
import type { MintToken } from '../mint-tokens.ts';
import type { Ready } from '../platform-record.ts';
import type { ServiceProcess } from '../services/service-process.ts';
import type { GatewayPort } from './reserve-instances.ts';
import type { Backing, Environment } from './topology.ts';

export interface StartPlatform {
  /** Holds all of this platform's data, logs and secrets. */
  readonly dataFolder: string;
  readonly report?: (line: string) => void;
  /** The gateway's port; a free one when left out. */
  readonly gateway?: GatewayPort;
  readonly serverPorts?: ServerPorts;
  /** Where brokers send their clients, one each: for a wire in front of every broker. */
  readonly advertisedBrokerPorts?: readonly number[];
  /** Instances of a service, where more than one is wanted. */
  readonly instances?: Readonly<Record<string, number>>;
  /** Variables for one service, over what the topology says. */
  readonly env?: Readonly<Record<string, Environment>>;
  /** Variables for every service. */
  readonly serviceEnvironment?: Environment;
  /** The whole seed when left out. */
  readonly seed?: Partial<Omit<SeedPlan, 'admin'>>;
  /** Aborts the start; what runs by then is stopped. */
  readonly signal?: AbortSignal;
  /** Told when a service died too often to be started again. */
  readonly onGaveUp?: (service: ServiceProcess) => void;
}

/** The whole platform, running on this machine. */
export interface Platform {
  readonly url: string;
  readonly ready: Ready;
  readonly servers: LocalServers;
  /** The instances of each service. */
  readonly services: Readonly<Record<string, readonly ServiceProcess[]>>;
  readonly schemas: Backing['schemas'];
  readonly signingKeysFile: string;
  /** The environment of the audit. */
  readonly audit: Environment;
  readonly mintToken: MintToken;
  stop(): Promise<void>;
}
