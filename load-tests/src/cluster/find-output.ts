import type { V1Service } from '@kubernetes/client-node';
import { SaleError } from '../sale/sale-error.ts';
import { needed, refusedWith } from './needed.ts';
import type { Peer } from './network-policy.ts';
import type { Cluster } from './open-cluster.ts';

const own = 'onsale-influxdb';

export interface Output {
  readonly url: string;
  readonly peer: Peer;
}

function portOf(text: string): number {
  if (!URL.canParse(text)) throw new SaleError(`--influxdb must be none or an address: ${text} is neither`);
  const { port, protocol } = new URL(text);
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

/** Where k6 can send its measurements: what is asked for, else the InfluxDB of the namespace, if it has one. */
export async function findOutput(cluster: Cluster, asked: string | undefined): Promise<Output | undefined> {
  const { core, namespace } = cluster;
  if (asked === 'none') return undefined;
  if (asked !== undefined && new URL(asked, 'http://-').hostname !== own) {
    return { url: asked, peer: { port: portOf(asked) } };
  }
  const looked = core.readNamespacedService({ name: own, namespace }).catch((error: unknown): V1Service | undefined => {
    if (refusedWith(error) === 404) return undefined;
    throw error;
  });
  const service = await needed(`the Service ${own}`, looked);
  return service && { url: asked ?? `http://${own}:8086/k6`, peer: { service } };
}
