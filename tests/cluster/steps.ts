import type { Step } from './step.ts';
import { auditShop } from './steps/audit-shop.ts';
import { checkCharts } from './steps/check-charts.ts';
import { checkSkaffold } from './steps/check-skaffold.ts';
import { clusterUp } from './steps/cluster-up.ts';
import { drainNode } from './steps/drain-node.ts';
import { followNotes } from './steps/follow-notes.ts';
import { followOrder } from './steps/follow-order.ts';
import { installShop } from './steps/install.ts';
import { keepRestricted } from './steps/keep-restricted.ts';
import { keepSecrets } from './steps/keep-secrets.ts';
import { killPods } from './steps/kill-pods.ts';
import { loadImages } from './steps/load-images.ts';
import { losePrimary } from './steps/lose-primary.ts';
import { makeNamespace } from './steps/make-namespace.ts';
import { measureMemory } from './steps/measure-memory.ts';
import { measurePeak } from './steps/measure-peak.ts';
import { playDrop } from './steps/play-drop.ts';
import { refuseConnections } from './steps/refuse-connections.ts';
import { refuseWrongValues } from './steps/refuse-wrong-values.ts';
import { rollBack } from './steps/roll-back.ts';
import { scaleByLoad } from './steps/scale-by-load.ts';
import { spreadPods } from './steps/spread-pods.ts';
import { testRelease } from './steps/test-release.ts';
import { uninstall } from './steps/uninstall.ts';
import { upgradeUnderLoad } from './steps/upgrade-under-load.ts';
import { watchPrimary } from './steps/watch-primary.ts';

/** All steps, in the order of a shop's life. */
export const steps: readonly Step[] = [
  clusterUp,
  loadImages,
  makeNamespace,
  checkCharts,
  checkSkaffold,
  refuseWrongValues,
  installShop,
  testRelease,
  followNotes,
  measureMemory,
  keepRestricted,
  refuseConnections,
  keepSecrets,
  followOrder,
  playDrop,
  spreadPods,
  measurePeak,
  upgradeUnderLoad,
  rollBack,
  drainNode,
  killPods,
  scaleByLoad,
  losePrimary,
  watchPrimary,
  auditShop,
  uninstall,
];
