import type { Delivery } from "../../calls/delivery.ts";
import type { Inventory, SdkStart } from "../../calls/types.ts";
import { sdkById } from "../../sdks/index.ts";
import { reachesVendor } from "../vendors.ts";

/** Whether an SDK keeps what it is told until a flush, or until its own timer runs. */
export function queuesEvents(sdk: string): boolean {
  return sdkById(sdk)?.delivery?.is === "queued";
}

/** Whether what is not sent when a run ends is lost: most queues keep a command alive until it is told to exit. */
export function isLostInRun({ fate, run, sdk }: Delivery): boolean {
  if (fate === "sent" || run === undefined) return false;
  if (run.kind === "handler") return true;
  return queuesEvents(sdk) && (run.isEnded === true || !sdkById(sdk)?.delivery?.holdsProcess);
}

/** Whether a client of the vendor is started with an option that makes the platform wait for its queue. */
export function platformWaits(code: Inventory, vendor: string): boolean {
  return code.starts.some((start) => start.vendor === vendor && hasLifeline(start));
}

function hasLifeline({ sdk, options }: SdkStart): boolean {
  const lifelines = sdkById(sdk)?.delivery?.lifelineOptions ?? [];
  return options.properties.some(({ name }) => lifelines.includes(name));
}

/** Whether anything in the code empties the queue of a vendor's SDK. */
export function isFlushedSomewhere(code: Inventory, vendor: string): boolean {
  return code.calls.some((call) => call.kind === "flush" && reachesVendor(call, vendor));
}
