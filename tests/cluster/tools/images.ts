import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { checkout } from '../cluster.ts';

const chart = z.object({ appVersion: z.string() });

/** The image that the chart asks for unless told otherwise. */
export function appImage(): string {
  const { appVersion } = chart.parse(parse(readFileSync(join(checkout, 'charts/onsale/Chart.yaml'), 'utf8')));
  return `onsale/onsale:${appVersion}`;
}

/** The same build under another tag, as a next release. */
export const nextAppImage = (): string => `${appImage()}-next`;

/** k6, which puts load on the shop from inside the cluster. */
export const k6Image = 'grafana/k6:1';

function imagesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(imagesIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'image' && typeof value === 'string' ? [value] : imagesIn(value),
  );
}

/** Every image that Kubernetes manifests name, each once. */
export function imagesOf(manifests: string): string[] {
  return [...new Set(parseAllDocuments(manifests).flatMap((document) => imagesIn(document.toJS())))];
}
