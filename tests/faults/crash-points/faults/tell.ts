import type { Evidence } from '../../campaign/fault.ts';
import type { CrashPoint } from '../table/crash-points.ts';
import type { Struck } from './arm-instances.ts';

/** An instance that was struck, in words. */
export function told({ service, reached: { pid, point, detail } }: Struck): string {
  return `${service.name} (${pid}) at ${point}${detail === '' ? '' : `, ${detail}`}`;
}

/** What is said when nothing came to the point in time. */
export const notReached = ({ name }: CrashPoint): Evidence => ({ happened: false, what: `nothing came to ${name}` });
