import type { Clock } from '@onsale/platform/service';
import type { Logger } from '@onsale/platform/telemetry';
import type { RouteTable } from '../routing/route-table.ts';
import type { Upstreams } from '../upstreams/open-upstreams.ts';
import { pickInstance } from '../upstreams/pick-instance.ts';
import { fetchDocument } from './fetch-document.ts';
import { type DescribedService, joinDocuments } from './join-documents.ts';
import type { OpenApiDocument } from './open-api-document.ts';

export interface JoinedDocumentOptions {
  upstreams: Upstreams;
  routeOf: RouteTable;
  random: () => number;
  clock: Clock;
  log: Logger;
}

/** The description of the whole, as the gateway answers it. */
export interface JoinedDocument {
  openapi: string;
  [field: string]: unknown;
}

const FRESH_MS = 30_000;
/** A service that did not answer may soon do so. */
const INCOMPLETE_FRESH_MS = 2_000;

async function describe(service: string, options: JoinedDocumentOptions): Promise<DescribedService | undefined> {
  const { upstreams, routeOf, random, log } = options;
  try {
    const instance = pickInstance(upstreams.instancesOf(service), new Set(), random);
    if (instance === undefined) return undefined;
    const document = await fetchDocument(instance);
    return { service, document: onlyRouted(document, (path) => routeOf(path)?.service === service) };
  } catch (error) {
    log.warn({ err: error, service }, 'a service does not describe itself');
    return undefined;
  }
}

/** What the gateway does not route, its clients need not read about. */
function onlyRouted(document: OpenApiDocument, isRouted: (path: string) => boolean): OpenApiDocument {
  const sample = (path: string) => path.replaceAll(/\{[^}]*\}/g, 'x');
  const paths = Object.entries(document.paths).filter(([path]) => isRouted(sample(path)));
  return { ...document, paths: Object.fromEntries(paths) };
}

async function join(options: JoinedDocumentOptions): Promise<{ document: JoinedDocument; complete: boolean }> {
  const { services } = options.upstreams;
  const described = await Promise.all(services.map((service) => describe(service, options)));
  const missing = services.filter((_, index) => described[index] === undefined);
  const document = {
    openapi: '3.1.0',
    info: { title: 'Onsale', version: '1.0.0' },
    externalDocs: { description: 'The events, in AsyncAPI 3.0', url: '/asyncapi.json' },
    ...joinDocuments(described.filter((one) => one !== undefined)),
    ...(missing.length > 0 && { 'x-unavailable-services': missing }),
  };
  return { document, complete: missing.length === 0 };
}

/** Joins what the services say of themselves; kept for half a minute, asked for once however many want it. */
export function createJoinedDocument(options: JoinedDocumentOptions): () => Promise<JoinedDocument> {
  let known: { document: JoinedDocument; freshUntil: number } | undefined;
  let joining: Promise<JoinedDocument> | undefined;

  async function renew(): Promise<JoinedDocument> {
    const { document, complete } = await join(options);
    const lifetime = complete ? FRESH_MS : INCOMPLETE_FRESH_MS;
    known = { document, freshUntil: options.clock.now().getTime() + lifetime };
    return document;
  }

  return async () => {
    if (known !== undefined && options.clock.now().getTime() < known.freshUntil) return known.document;
    joining ??= renew().finally(() => {
      joining = undefined;
    });
    return joining;
  };
}
