/** One process of a service, with the ports it has for good. */
export interface Instance {
  /** The service: a folder under services/. */
  readonly service: string;
  /** Unique among all: 'order', 'order-2'. */
  readonly name: string;
  readonly port: number;
  readonly managementPort: number;
}

/** The names of the instances of each service; a service not in `counts` has one. */
export function instanceNames(
  services: readonly string[],
  counts: Readonly<Record<string, number>>,
): { service: string; name: string }[] {
  return services.flatMap((service) =>
    Array.from({ length: counts[service] ?? 1 }, (_, index) => ({
      service,
      name: index === 0 ? service : `${service}-${index + 1}`,
    })),
  );
}

export const urlOf = ({ port }: { port: number }): string => `http://127.0.0.1:${port}`;

export const managementUrlOf = ({ managementPort }: Pick<Instance, 'managementPort'>): string =>
  `http://127.0.0.1:${managementPort}`;
