import type { TrackingCall } from "../calls/types.ts";
import type { Plan } from "../plan/model.ts";

/** True for a key that starts with `$` and that callers of one of the vendors are meant to set. */
export function settableKey(_call: TrackingCall, key: string): boolean {
  return key.startsWith("$");
}

/** True where a call may reach a destination of the plan. */
export function sendsTo(_call: TrackingCall, _destination: string, _plan: Plan): boolean {
  return true;
}
