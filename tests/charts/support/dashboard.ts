import { z } from 'zod';

const target = z.looseObject({
  expr: z.string().optional(),
  query: z.string().optional(),
  datasource: z.object({ type: z.string(), uid: z.string() }),
});

const dashboard = z.looseObject({
  uid: z.string(),
  title: z.string(),
  panels: z.array(z.looseObject({ title: z.string(), targets: z.array(target).min(1) })).min(1),
});

export type Dashboard = z.output<typeof dashboard>;

/** @throws when it is not a dashboard as Grafana reads it */
export const dashboardOf = (json: string): Dashboard => dashboard.parse(JSON.parse(json));

const functions = /^(sum|max|min|avg|count|rate|irate|increase|histogram_quantile|by|le|without|on|ignoring)$/;

/** The names of the metrics that an expression of PromQL asks for. */
export function metricsIn(expression: string): string[] {
  const bare = expression
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\bby \([^)]*\)/g, '')
    .replaceAll(/\[[^\]]*\]/g, '');
  return [...bare.matchAll(/[a-zA-Z_:][a-zA-Z0-9_:]*/g)].map(([name]) => name).filter((name) => !functions.test(name));
}
