import type { Json, JsonObject, OpenApiDocument } from './open-api-document.ts';

/** Component kind → old name → new name. */
export type NewNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

const REFERENCE = /^#\/components\/([^/]+)\/([^/]+)(.*)$/;

function renameReference(reference: string, names: NewNames): string {
  const [, kind = '', name = '', rest = ''] = REFERENCE.exec(reference) ?? [];
  const renamed = names.get(kind)?.get(name);
  return renamed === undefined ? reference : `#/components/${kind}/${renamed}${rest}`;
}

function renameIn(value: Json, names: NewNames): Json {
  if (typeof value === 'string') return renameReference(value, names);
  if (Array.isArray(value)) return value.map((item) => renameIn(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return renameObject(value, names);
}

function renameObject(object: JsonObject, names: NewNames): Record<string, Json> {
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, renameIn(item, names)]));
}

function renameKeys(components: JsonObject, renamed: ReadonlyMap<string, string> | undefined): Record<string, Json> {
  return Object.fromEntries(Object.entries(components).map(([name, item]) => [renamed?.get(name) ?? name, item]));
}

function renameSchemes(requirements: Json | undefined, renamed: ReadonlyMap<string, string> | undefined): Json {
  if (!Array.isArray(requirements)) return [];
  return requirements.map((item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? renameKeys(item, renamed) : item,
  );
}

/** Security requirements name their scheme by a key and not by a reference. */
function renameSecurity(item: JsonObject, renamed: ReadonlyMap<string, string> | undefined): JsonObject {
  const entries = Object.entries(item).map(([key, operation]) => {
    if (typeof operation !== 'object' || operation === null || Array.isArray(operation)) return [key, operation];
    if (operation.security === undefined) return [key, operation];
    return [key, { ...operation, security: renameSchemes(operation.security, renamed) }];
  });
  return Object.fromEntries(entries);
}

/** The document with components under new names, and every reference to them changed with them. */
export function renameReferences(document: OpenApiDocument, names: NewNames): OpenApiDocument {
  if ([...names.values()].every((renamed) => renamed.size === 0)) return document;
  const schemes = names.get('securitySchemes');
  const { security } = document;
  return {
    ...document,
    ...(security && { security: security.map((requirement) => renameKeys(requirement, schemes)) }),
    paths: Object.fromEntries(
      Object.entries(document.paths).map(([path, item]) => [path, renameSecurity(renameObject(item, names), schemes)]),
    ),
    components: Object.fromEntries(
      Object.entries(document.components).map(([kind, components]) => [
        kind,
        renameKeys(renameObject(components, names), names.get(kind)),
      ]),
    ),
  };
}
