// What the scripts here use of k6's own modules; they come with the program and have no package.

declare module 'k6/http' {
  interface Params {
    readonly headers?: Readonly<Record<string, string>>;
    /** In ms. */
    readonly timeout?: number;
    readonly tags?: Readonly<Record<string, string>>;
  }
  /** `status` is 0 when no whole answer came. */
  interface Response {
    readonly status: number;
    readonly body: string | null;
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly error: string;
    readonly timings: { readonly duration: number };
  }
  export function asyncRequest(method: string, url: string, body: string | null, params: Params): Promise<Response>;
}

declare module 'k6/execution' {
  /** In ms, by a clock that only goes forward. */
  export const instance: { readonly currentTestRunDuration: number };
  /** From 1. */
  export const vu: { readonly idInTest: number };
  export const test: { abort(reason: string): never };
}

declare module 'k6/metrics' {
  export class Counter {
    constructor(name: string);
    add(value: number): void;
  }
  export class Trend {
    constructor(name: string, isTime: boolean);
    add(ms: number): void;
  }
}

declare const __ENV: Readonly<Record<string, string | undefined>>;

/** Reads a file, in the first run of a script alone. */
declare function open(path: string): string;
