import { readFileSync } from 'node:fs';
import { writeOnce } from './write-once.ts';

/** The name of the primary. @throws when the file is not there */
export const readPrimary = (file: string): string => readFileSync(file, 'utf8').trim();

/** Names the first primary, unless somebody is named. */
export const ensurePrimary = (file: string, first: string): void => writeOnce(file, `${first}\n`);
