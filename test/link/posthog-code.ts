/** Code that makes a PostHog, calls it, and what the call sends. */
export const SIGNED_UP = `track "Signed Up" { plan: "pro" }`;
export const CALL = `.capture("Signed Up", { plan: "pro" });`;
export const NODE = `import { PostHog } from "posthog-node";\n`;
export const NODE_CALL = `.capture({ distinctId: "u1", event: "Signed Up" });`;
export const NODE_SIGNED_UP = `track "Signed Up" userId: "u1"`;
export const BROWSER = `import posthog from "posthog-js";\n`;
