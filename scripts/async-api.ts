import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { asyncApi } from '../packages/contracts/src/index.ts';

/** Writes the AsyncAPI document of the events into docs/, formatted as the checks want it. */
const file = 'docs/asyncapi.json';
writeFileSync(file, JSON.stringify(asyncApi()));
const { status } = spawnSync('node_modules/.bin/biome', ['format', '--write', file], { stdio: 'inherit' });
process.exitCode = status ?? 1;
