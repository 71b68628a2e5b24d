import type { CrashAction } from '../crash-control.ts';
import type { CrashPoint } from '../table/crash-points.ts';

/** A point that was armed by the order of this id, which tells its record from that of an earlier arming. */
export interface Armed {
  readonly orderId: string;
  readonly point: Pick<CrashPoint, 'name' | 'step' | 'subject'>;
  readonly action: CrashAction;
  /** At which passing. */
  readonly after: number;
  /** Armed with this word are others too, of which one is to act. */
  readonly firstOf?: string | undefined;
}

export interface CrashSwitch {
  arm(order: Armed): void;
  disarm(): void;
  /** Called by woven code, wherever a point is; nothing but a comparison while nothing is armed. */
  pass(step: string, subject: unknown, detail?: () => string): void;
}

/** Counts the passings of the armed point; at the one that was asked for it is disarmed, and acted upon. */
export function createCrashSwitch(act: (order: Armed, detail: string) => void): CrashSwitch {
  let armed: Armed | undefined;
  let left = 0;
  return {
    arm(order) {
      armed = order;
      left = order.after;
    },
    disarm() {
      armed = undefined;
    },
    pass(step, subject, detail) {
      if (armed === undefined || armed.point.step !== step || armed.point.subject !== subject) return;
      left -= 1;
      if (left > 0) return;
      const order = armed;
      armed = undefined;
      act(order, detail?.() ?? '');
    },
  };
}
