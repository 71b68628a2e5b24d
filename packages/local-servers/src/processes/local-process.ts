import { spawn } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalServer } from '../local-servers.ts';
import { StartError } from '../start-error.ts';
import { sendSignal } from './end-process.ts';
import { openLog } from './open-log.ts';
import { identify } from './process-identity.ts';
import type { ProcessRecords } from './process-records.ts';
import { waitUntil } from './wait-until.ts';

export interface ProcessSpec {
  name: string;
  port: number;
  command: string;
  /** Asked for at each start, when all is there. */
  args(): readonly string[];
  cwd: string;
  logFile: string;
  /** What must be there before each start. */
  beforeStart?(): Promise<void>;
  /** Rejects until the server answers. */
  answers(): Promise<void>;
  /** What makes it ready once it answers: at every start, also after a crash. */
  afterStart?(signal: AbortSignal): Promise<void>;
  /** True when a server that was asked to end has put its data away, and the rest of its farewell may be cut short. */
  dataSettled?(): boolean;
  startTimeoutMs: number;
  stopTimeoutMs: number;
}

export interface ProcessContext {
  records: ProcessRecords;
  /** Aborts waits for a server to answer. */
  signal: AbortSignal;
  /** Aborts when all servers are to stop. */
  ending: AbortSignal;
  report(line: string): void;
  /** Told before the process starts, so that a failed start can stop it. */
  started(server: LocalServer): void;
  /** Told the first failure, upon which the signal aborts. */
  giveUp(reason: unknown): void;
}

interface Running {
  pid: number;
  ended: Promise<void>;
}

function lastLines(logFile: string): string {
  return readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).join(' | ');
}

function launch(spec: ProcessSpec, context: ProcessContext, onEnd: (running: Running) => void): Running {
  const log = openLog(spec.logFile);
  // A process group of its own: Ctrl-C reaches the tool alone, which then stops the servers in order.
  const child = spawn(spec.command, spec.args(), {
    cwd: spec.cwd,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  if (child.pid === undefined) throw new StartError(`${spec.name}: cannot run ${spec.command}`);
  const identity = identify(child.pid);
  if (identity) context.records.write(spec.name, identity);
  const running: Running = { pid: child.pid, ended };
  void ended.then(() => {
    context.records.remove(spec.name);
    onEnd(running);
  });
  return running;
}

const farewellMs = 1_000;

/** Waits for the end; forces it after the grace, or a second after the data was settled. */
async function killWhenLate(running: Running, graceMs: number, dataSettled: () => boolean): Promise<void> {
  let deadline = Date.now() + graceMs;
  let settled = false;
  let hasEnded = false;
  const ended = running.ended.then(() => {
    hasEnded = true;
  });
  while (!hasEnded) {
    const pause = new AbortController();
    await Promise.race([ended, delay(100, undefined, { signal: pause.signal }).catch(() => undefined)]);
    pause.abort();
    if (!hasEnded && !settled && dataSettled()) {
      settled = true;
      deadline = Math.min(deadline, Date.now() + farewellMs);
    }
    if (!hasEnded && Date.now() > deadline) sendSignal(running.pid, 'SIGKILL');
  }
}

/** A server with what only those who look after it need. */
export interface TendedServer extends LocalServer {
  /** Starts it unless it runs; one that is just starting is waited for. */
  start(): Promise<void>;
}

/** Starts a server and waits until it answers. */
export async function startProcess(spec: ProcessSpec, context: ProcessContext): Promise<TendedServer> {
  let running: Running | undefined;
  let starting: Promise<void> | undefined;
  let expected = false;

  const onEnd = (ended: Running) => {
    if (running === ended) running = undefined;
    if (!expected && !context.signal.aborted) context.report(`${spec.name} ended by itself; see ${spec.logFile}`);
  };

  function start(): Promise<void> {
    // Two who start it at once share one start: a second process on its data would fail.
    starting ??= startNow().finally(() => {
      starting = undefined;
    });
    return starting;
  }

  async function startNow(): Promise<void> {
    await spec.beforeStart?.();
    AbortSignal.any([context.signal, context.ending]).throwIfAborted();
    expected = false;
    const current = launch(spec, context, onEnd);
    running = current;
    const ended = new AbortController();
    void current.ended.then(() => ended.abort());
    const signal = AbortSignal.any([context.signal, ended.signal]);
    try {
      await waitUntil(spec.name, spec.answers, { timeoutMs: spec.startTimeoutMs, signal });
      await spec.afterStart?.(signal);
    } catch (error) {
      context.signal.throwIfAborted();
      if (ended.signal.aborted) throw new StartError(`${spec.name} ended while starting: ${lastLines(spec.logFile)}`);
      throw error;
    }
  }

  async function end(signal: NodeJS.Signals, graceMs: number): Promise<void> {
    const current = running;
    if (!current) return;
    expected = true;
    sendSignal(current.pid, signal);
    // A paused process would keep the request to end for later.
    sendSignal(current.pid, 'SIGCONT');
    await killWhenLate(current, graceMs, spec.dataSettled ?? (() => false));
    // A start that this cut short is over before it returns: whoever starts it next would share it, and its failure.
    await starting?.catch(() => undefined);
  }

  const server: TendedServer = {
    name: spec.name,
    host: '127.0.0.1',
    port: spec.port,
    get pid() {
      return running?.pid;
    },
    kill: () => end('SIGKILL', 10_000),
    async pause() {
      if (running) sendSignal(running.pid, 'SIGSTOP');
    },
    async resume() {
      if (running) sendSignal(running.pid, 'SIGCONT');
    },
    async restart() {
      await server.stop();
      // Somebody else may have started it since then.
      await server.start();
    },
    async start() {
      if (running === undefined || starting !== undefined) await start();
    },
    stop: () => end('SIGTERM', spec.stopTimeoutMs),
  };
  context.signal.throwIfAborted();
  context.started(server);
  await start();
  return server;
}
