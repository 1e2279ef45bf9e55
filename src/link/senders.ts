import type { CallKind } from "../calls/types.ts";
import { transport } from "./by-name.ts";
import type { Evaluator } from "./evaluator.ts";
import { eventMessage } from "./event-message.ts";
import { HOLE, type HttpRequest } from "./http-requests.ts";
import type { SinkMatch } from "./sdk-match.ts";
import type { Place, Value } from "./value.ts";

/** An address that takes events. Most texts hold no such word, which is seen much faster than that they hold no such address. */
export const ADDRESS = /analytics|telemetry/i;

/** A text that may hold such an address. */
export const SENDING_TEXT =
  /["'`](?:https?:\/\/|\/|\$\{)[^"'`\n]*(?:analytics|telemetry)[^"'`\n]*["'`]|\b\w*(?:ANALYTICS|TELEMETRY)\w*(?:URL|ENDPOINT|HOST|API)\w*\b/i;

const HTTP = transport("http", "an HTTP endpoint");

/** A message that is sent somewhere and counts as a tracking call. */
export interface Sending {
  readonly match: SinkMatch;
  /** What is sent, as the method counts its arguments. */
  readonly values: readonly Value[];
  /** Where it is written, where one call sends several. */
  readonly part?: Place | undefined;
  /** The address is the vendor's own. */
  readonly isKnown?: true | undefined;
}

/** A message with an event that is sent to an address named like analytics. */
export function sendingOf(ev: Evaluator, requests: readonly HttpRequest[]): Sending | undefined {
  for (const request of requests) {
    if (!isAddress(request)) continue;
    for (const message of request.bodies) {
      const method = eventMessage(ev, message, kindOf(request.address));
      if (method) return { match: { sdk: HTTP, methods: [method], skip: 0, receiver: [] }, values: [message] };
    }
    return undefined;
  }
  return undefined;
}

function isAddress({ address, written }: HttpRequest): boolean {
  const text = address.replaceAll(HOLE, "");
  const isWrittenOut = /^["'`]?(?:https?:|\/|\$\{)/.test(written) || text.startsWith("/") || text.startsWith("http");
  if (isWrittenOut) return ADDRESS.test(text) || ADDRESS.test(written);
  return /(?:analytics|telemetry)\w*(?:url|endpoint|host|api)/i.test(written.replaceAll("_", ""));
}

function kindOf(address: string): CallKind {
  const last = address.split(/[/?]/).at(-1) ?? "";
  if (/identify/i.test(last)) return "identify";
  if (/alias/i.test(last)) return "alias";
  if (/^group/i.test(last)) return "group";
  return /page|location/i.test(last) ? "page" : "track";
}
