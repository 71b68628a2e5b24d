import type { Loss } from './judge-loss.ts';

/** What may be missing after a promotion, for whoever asked for it. */
export function lossLine(loss: Loss): string {
  switch (loss.kind) {
    case 'none':
      return 'nothing that was acknowledged is missing';
    case 'missing':
      return `acknowledged writes are missing: ${loss.gtids}, and what was not noted after them; npm run audit tells`;
    case 'unknown':
      return 'acknowledged writes may be missing; npm run audit tells';
  }
}
