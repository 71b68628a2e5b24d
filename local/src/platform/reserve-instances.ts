import { StartError } from '@onsale/local-servers';
import { type ReservedPorts, reservePorts } from '@onsale/local-servers/processes';
import type { Instance } from './instance.ts';
import { readPorts } from './remembered-ports.ts';

export interface GatewayPort {
  readonly port: number;
  /** Exactly this one, or a failure; else the next free one will do. */
  readonly exact: boolean;
}

export interface ReservedInstances {
  readonly instances: readonly Instance[];
  release(): Promise<void>;
}

const triedPorts = 100;

async function reserveGateway({ port, exact }: GatewayPort): Promise<ReservedPorts> {
  for (let next = port; next < port + triedPorts; next++) {
    try {
      return await reservePorts([{ name: 'gateway', fixed: next }]);
    } catch (error) {
      if (exact || !(error instanceof StartError)) throw error;
    }
  }
  throw new StartError(`gateway: no port from ${port} to ${port + triedPorts - 1} is free`);
}

/** Holds two ports for each instance: the gateway's as wished, the others those of the last time where they are free. */
export async function reserveInstances(
  names: readonly { service: string; name: string }[],
  options: { gateway: GatewayPort | undefined; rememberedFile: string },
): Promise<ReservedInstances> {
  const remembered = readPorts(options.rememberedFile);
  const front = options.gateway && (await reserveGateway(options.gateway));
  const wish = (name: string) => {
    const last = remembered.get(name);
    return { name, ...(last !== undefined && { remembered: last }) };
  };
  const wishes = names.flatMap(({ name }) => {
    const management = wish(`${name} management`);
    return name === 'gateway' && front ? [management] : [wish(name), management];
  });
  try {
    const rest = await reservePorts(wishes);
    const portOf = (name: string) => (name === 'gateway' && front ? front.port(name) : rest.port(name));
    return {
      instances: names.map(({ service, name }) => ({
        service,
        name,
        port: portOf(name),
        managementPort: rest.port(`${name} management`),
      })),
      release: async () => {
        await rest.release();
        await front?.release();
      },
    };
  } catch (error) {
    await front?.release();
    throw error;
  }
}
