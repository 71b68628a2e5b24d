/** How the external data platform is reached. */
export interface DataPlatformAccess {
  readonly url: string;
  /** Its bearer token. */
  readonly key: string;
}
