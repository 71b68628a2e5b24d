import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '@onsale/local-servers';
import { type ProcessRecords, sendSignal } from '@onsale/local-servers/processes';
import { awaitReady } from './await-ready.ts';
import { type Launch, type Launched, launch } from './launch.ts';
import type { RestartPolicy } from './restart-policy.ts';

/** One instance of a service in a process of its own. Its addresses outlive the process. */
export interface ServiceProcess {
  readonly name: string;
  readonly url: string;
  readonly managementUrl: string;
  readonly logFile: string;
  /** The running process, or undefined while it is down. */
  readonly pid: number | undefined;
  /** Ends it as a crash would and leaves it down. */
  kill(): Promise<void>;
  /** Freezes it: connections stay open and nothing answers. */
  pause(): void;
  resume(): void;
  /** Starts it, ending it first if it runs; resolves when it is ready. */
  restart(): Promise<void>;
  /** Asks it to drain and end, and kills it when it has not in time. */
  stop(): Promise<void>;
}

export interface ServiceProcessSpec extends Launch {
  readonly url: string;
  readonly managementUrl: string;
  readonly readyTimeoutMs: number;
  readonly stopTimeoutMs: number;
}

export interface Supervision {
  readonly records: ProcessRecords;
  /** Aborts starts and restarts. */
  readonly signal: AbortSignal;
  readonly restarts: RestartPolicy;
  report(line: string): void;
  /** It died too often to go on. */
  gaveUp(service: ServiceProcess): void;
}

/** A service's process, not started yet: `restart` starts it. One that dies by itself is started again, later each time. */
export function serviceProcess(spec: ServiceProcessSpec, supervision: Supervision): ServiceProcess {
  let running: Launched | undefined;
  let lastEnd = '';

  async function start(): Promise<void> {
    supervision.signal.throwIfAborted();
    const current = launch(spec, supervision.records);
    running = current;
    const dead = new AbortController();
    let serving = false;
    let died = false;
    void current.ended.then((how) => {
      dead.abort();
      if (running !== current) return;
      running = undefined;
      lastEnd = how;
      died = true;
      if (serving) void comeBack();
    });
    const signal = AbortSignal.any([supervision.signal, dead.signal]);
    try {
      await awaitReady(spec.name, { managementUrl: spec.managementUrl, timeoutMs: spec.readyTimeoutMs, signal });
    } catch (error) {
      supervision.signal.throwIfAborted();
      if (!dead.signal.aborted) {
        lastEnd = `not ready in ${spec.readyTimeoutMs / 1000} s`;
        await end('SIGKILL', 0);
      }
      throw new StartError(`${spec.name} did not start (${lastEnd}); see ${spec.logFile}`, { cause: error });
    }
    serving = true;
    // It may have died between its answer and here.
    if (died) void comeBack();
  }

  async function comeBack(): Promise<void> {
    if (supervision.signal.aborted) return;
    const wait = supervision.restarts.next();
    if (wait === undefined) {
      supervision.report(`${spec.name} died too often (${lastEnd}); see ${spec.logFile}`);
      supervision.gaveUp(service);
      return;
    }
    supervision.report(`${spec.name} died (${lastEnd}); starting it again in ${wait} ms; see ${spec.logFile}`);
    try {
      await delay(wait, undefined, { signal: supervision.signal });
      if (!running) await start();
    } catch {
      // The next round says how it ended, or the platform is ending.
      await comeBack();
    }
  }

  async function end(signal: NodeJS.Signals, graceMs: number): Promise<void> {
    const current = running;
    if (!current) return;
    // Cleared first: an end that was asked for is no death.
    running = undefined;
    sendSignal(current.pid, signal);
    // A paused process would keep the request to end for later.
    sendSignal(current.pid, 'SIGCONT');
    const timer = setTimeout(() => sendSignal(current.pid, 'SIGKILL'), graceMs);
    await current.ended;
    clearTimeout(timer);
  }

  const service: ServiceProcess = {
    name: spec.name,
    url: spec.url,
    managementUrl: spec.managementUrl,
    logFile: spec.logFile,
    get pid() {
      return running?.pid;
    },
    kill: () => end('SIGKILL', 10_000),
    pause() {
      if (running) sendSignal(running.pid, 'SIGSTOP');
    },
    resume() {
      if (running) sendSignal(running.pid, 'SIGCONT');
    },
    async restart() {
      await service.stop();
      await start();
    },
    stop: () => end('SIGTERM', spec.stopTimeoutMs),
  };
  return service;
}
