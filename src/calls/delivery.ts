import type { Range } from "../diagnostics/range.ts";

/** A function that is called once in the life of a process, or of its being awake: afterwards nothing is sent. */
export interface ShortRun {
  readonly kind: "handler" | "command";
  /** `Vercel`, `AWS Lambda`, `a command`. */
  readonly platform: string;
  /** What in the code proves it: `vercel.json`, `types of aws-lambda`, `runtime: serverless`. */
  readonly proof: string;
  readonly id: string;
  readonly name: string;
  readonly at: Range;
  /** The file of a command calls `process.exit`. */
  readonly isEnded?: true;
}

/** Whether what a call sends on a server has left the process, on one of the ways to the call. */
export interface Delivery {
  /**
   * `sent`: somebody waits for it, or it can't be told. `unflushed`: it stays in the SDK's queue. `sometimes`: a flush
   * follows on some paths only. `unawaited`: a flush follows that nobody waits for. `dropped`: nobody has the promise
   * of the call. `nothing-to-await`: the call gives no promise, and was given no callback.
   */
  readonly fate: "sent" | "unflushed" | "sometimes" | "unawaited" | "dropped" | "nothing-to-await";
  readonly sdk: string;
  readonly vendor: string;
  /** Absent where nobody knows what calls the outermost function on the way. */
  readonly run?: ShortRun;
  /** The flush that is not enough, or the call whose promise is dropped. */
  readonly because?: Range;
}
