import { setting } from './setting.ts';

/** Reads JSON of the folder that DATA_FOLDER names. k6 lets a script open files while it is loaded, and never later. */
export function readData<T>(name: string): T {
  return JSON.parse(open(`${setting('DATA_FOLDER')}/${name}`));
}
