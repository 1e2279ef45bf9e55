import { describe } from "vitest";
import { sends } from "./calls-of.ts";

describe("a message posted to another window, worker or process", () => {
  sends(
    "is a tracking call where its type is named like tracking and it carries an event",
    `export function track(event: string, properties: object) { window.parent.postMessage({ type: "track-event", event, properties }, "*"); }
track("Signed Up", { plan: "free" });`,
    "track (forwarder) ? { … }",
    'track "Signed Up" { plan: "free" }',
  );

  sends(
    "may wrap what it carries, and gets what the sender adds to it",
    {
      "src/client.ts": `interface Message { event: string; properties?: Record<string, unknown> }
export class Dashboard {
  constructor(private target: Window) {}
  trackEvent(msg: Message) { msg.properties = { ...msg.properties, debug: true }; this.target.postMessage({ type: "ide-track-event", msg } as Posted, "https://a.b"); }
}`,
      "src/app.ts": `import { Dashboard } from "./client";\nexport function close(client: Dashboard) { client.trackEvent({ event: "ide_closed", properties: { kind: "web" } }); }`,
    },
    'track "ide_closed" { kind: "web" }',
    "track (forwarder) ? { debug: true, … } userId: ? anonymousId: ?",
  );

  sends(
    "is found in workers, webviews and extensions",
    `declare const vscode: any, worker: Worker, port: MessagePort;
vscode.postMessage({ command: "trackEvent", event: "Opened", properties: { n: 1 } });
worker.postMessage({ kind: "telemetry", payload: { eventName: "Parsed", params: { ms: 3 } } });
port.postMessage({ method: "analytics.track", params: { name: "Linked", properties: { a: 1 } } });
chrome.runtime.sendMessage({ type: "TRACK", event: "Clicked", props: { id: "x" } });
window.ReactNativeWebView.postMessage(JSON.stringify({ type: "analytics", event: "Paid", properties: { total: 2 } }));`,
    'track "Opened" { n: 1 }',
    'track "Parsed" { ms: 3 }',
    'track "Linked" { a: 1 }',
    'track "Clicked" { id: "x" }',
    'track "Paid" { total: 2 }',
  );

  sends(
    "is found on channels of Electron and of language servers",
    `import { ipcRenderer } from "electron";
ipcRenderer.send("analytics:track", "Opened", { via: "menu" });
ipcRenderer.invoke("track-event", { event: "Saved", properties: { size: 1 } });
ipcRenderer.send("analytics:identify", "u1", { plan: "pro" });
connection.sendNotification("telemetry/event", { name: "Completed", properties: { ms: 1 } });`,
    'track "Opened" { via: "menu" }',
    'track "Saved" { size: 1 }',
    'identify traits { plan: "pro" } userId: "u1"',
    'track "Completed" { ms: 1 }',
  );

  sends(
    "takes its channel's name from the constant's where its value isn't known",
    `import { Channel } from "@acme/channels";
panel.webview.postMessage({ type: Channel.TRACK_EVENT, payload: { event: "Shown", properties: { id: 1 } } });`,
    'track "Shown" { id: 1 }',
  );

  sends(
    "is nothing where the channel is about something else",
    `window.parent.postMessage({ type: "resize", event: "resized", data: { height: 3 } }, "*");
player.postMessage({ type: "next-track", name: "Song", data: { id: 1 } });
worker.postMessage({ type: "audioTrack", event: "ended", data: { id: 1 } });
ipcRenderer.send("open-file", "name", { path: "x" });
socket.emit("message", { event: "typing", data: {} });
vscode.postMessage({ command: "trackChanged", event: "x", data: {} });`,
  );

  sends(
    "is nothing where it carries no event",
    `window.postMessage({ type: "analytics:ready" }, "*");
ipcRenderer.send("telemetry:enable", true);
worker.postMessage({ type: "get-analytics", id: 3, range: { from: 1 } });`,
  );

  const SDK = `import posthog from "posthog-js";\n`;
  sends(
    "comes in at a relay",
    `${SDK}ipcMain.on("analytics:track", (_event, name, properties) => posthog.capture(name, properties));
panel.webview.onDidReceiveMessage((message) => { if (message.command === "track") posthog.capture(message.event, message.properties); });
window.addEventListener("message", ({ data }) => { if (data.type === "track") posthog.capture(data.event); });
emitter.on("saved", (name) => posthog.capture(name));`,
    "track (relay) ? { … }",
    "track (relay) ? { … }",
    "track (relay) ?",
    "track ?",
  );
});
