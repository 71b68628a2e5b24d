import { z } from 'zod';
import type { Manifests } from './manifests.ts';

const text = z.record(z.string(), z.string()).nullish();
const holder = z.looseObject({ data: text, stringData: text });

/** What a Secret or ConfigMap holds by key, decoded; undefined when there is none of that name. */
export function contentOf(
  manifests: Manifests,
  kind: 'Secret' | 'ConfigMap',
  name: string,
): Readonly<Record<string, string>> | undefined {
  const object = manifests.find(kind, name);
  if (!object) return undefined;
  const { data, stringData } = holder.parse(object);
  const decoded = Object.entries(data ?? {}).map(([key, value]) => [
    key,
    kind === 'Secret' ? Buffer.from(value, 'base64').toString('utf8') : value,
  ]);
  return { ...Object.fromEntries(decoded), ...stringData };
}
