import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject, OpenApiDocument } from './open-api-document.ts';
import { renameReferences } from './rename-references.ts';

/** One service's description of itself. */
export interface DescribedService {
  service: string;
  document: OpenApiDocument;
}

/** The joined paths and components. */
export interface JoinedDescription {
  paths: Record<string, JsonObject>;
  components: Record<string, Record<string, Json>>;
}

const OPERATIONS: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** New names for the components of a service whose names others have taken with another meaning: kind → old → new. */
function namesFor(service: string, document: OpenApiDocument, taken: JoinedDescription['components']) {
  const names = new Map<string, Map<string, string>>();
  for (const [kind, components] of Object.entries(document.components)) {
    const renamed = new Map<string, string>();
    for (const [name, component] of Object.entries(components)) {
      const other = taken[kind]?.[name];
      if (other !== undefined && !isDeepStrictEqual(other, component)) renamed.set(name, `${service}.${name}`);
    }
    names.set(kind, renamed);
  }
  return names;
}

function uniqueId(id: string, service: string, used: Set<string>): string {
  let unique = used.has(id) ? `${service}_${id}` : id;
  for (let number = 2; used.has(unique); number += 1) unique = `${service}_${id}_${number}`;
  used.add(unique);
  return unique;
}

/** An operation that stands by itself: its id is unique, and what its document demanded of all it demands itself. */
function joinOperation(operation: Json, { service, document }: DescribedService, usedIds: Set<string>): Json {
  if (!isObject(operation)) return operation;
  const joined = { ...operation };
  if (typeof operation.operationId === 'string') joined.operationId = uniqueId(operation.operationId, service, usedIds);
  if (operation.security === undefined && document.security !== undefined) joined.security = document.security;
  return joined;
}

/**
 * Joins the descriptions of services into one. Components of the same name and content are shared; where only the
 * name is the same, the later service's is renamed to `service.Name`. A path is described by the first that has it.
 */
export function joinDocuments(services: readonly DescribedService[]): JoinedDescription {
  const joined: JoinedDescription = { paths: {}, components: {} };
  const usedIds = new Set<string>();
  for (const described of services) {
    const names = namesFor(described.service, described.document, joined.components);
    const document = renameReferences(described.document, names);
    for (const [path, item] of Object.entries(document.paths)) {
      const operations = Object.entries(item).map(([key, value]) => [
        key,
        OPERATIONS.has(key) ? joinOperation(value, { ...described, document }, usedIds) : value,
      ]);
      joined.paths[path] ??= Object.fromEntries(operations);
    }
    for (const [kind, components] of Object.entries(document.components)) {
      joined.components[kind] = { ...joined.components[kind], ...components };
    }
  }
  return joined;
}
