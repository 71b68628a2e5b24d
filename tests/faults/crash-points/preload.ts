import { isMainThread } from 'node:worker_threads';
import { actIn } from './inside/act.ts';
import { createCrashSwitch } from './inside/crash-switch.ts';
import { listenForOrders } from './inside/listen-for-orders.ts';
import { FOLDER_VARIABLE } from './protocol.ts';
import { weaveOnLoad } from './weaving/weave-on-load.ts';
import { PASS } from './weaving/weavings.ts';

// The preload of a service that can be made to end at a crash point: node --import …/preload.ts. It stands before all
// else that is loaded, and nothing of the product knows of it.

const folder = process.env[FOLDER_VARIABLE];
if (folder === undefined) throw new Error(`${FOLDER_VARIABLE} must say where the crash points' folder is`);

if (isMainThread) {
  const crashSwitch = createCrashSwitch(actIn(folder));
  Object.defineProperty(globalThis, PASS, { value: crashSwitch.pass });
  weaveOnLoad();
  listenForOrders(folder, crashSwitch);
}
