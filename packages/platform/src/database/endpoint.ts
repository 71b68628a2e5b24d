/** Where a server listens. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export const isSameEndpoint = (one: Endpoint, other: Endpoint): boolean =>
  one.host === other.host && one.port === other.port;
