import { createHash } from 'node:crypto';
import type { Office } from './election.ts';

const longest = 63;
const digits = 10;

/** The name of the Lease of an office: a DNS-1123 label, cut and made unique by a hash where it would be too long. */
export function leaseName(prefix: string, { lock, schema }: Office): string {
  const whole = `${prefix}-${lock}-${schema}`;
  const name = whole.toLowerCase().replaceAll('_', '-');
  if (name.length <= longest && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) return name;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, digits);
  const readable = name.replaceAll(/[^-a-z0-9]/g, '-').slice(0, longest - digits - 1);
  return `${readable.replace(/^-+/, '').replace(/-+$/, '') || 'lease'}-${hash}`;
}
