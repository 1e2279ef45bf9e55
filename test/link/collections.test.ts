import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const POSTHOG = 'import posthog from "posthog-js";\n';
const DESTINATION = `${POSTHOG}export class Destination { track(name, props) { posthog.capture(name, props); } }`;

describe("trackers in a collection are called", () => {
  sends(
    "one by one in a loop, so that one call reaches several SDKs",
    `${POSTHOG}import mixpanel from "mixpanel-browser";
    const trackers = [posthog, mixpanel];
    for (const tracker of trackers) tracker.identify("u1");`,
    'identify userId: "u1"',
  );
  sends(
    "by a method that goes through a list that another method fills",
    {
      "src/destination.js": DESTINATION,
      "src/analytics.js": `class Analytics {
        constructor() { this.destinations = []; }
        register(destination) { this.destinations.push(destination); }
        track(name, props) { this.destinations.forEach((destination) => destination.track(name, props)); }
      }
      export const analytics = new Analytics();`,
      "src/start.js": `import { analytics } from "./analytics";
      import { Destination } from "./destination";
      analytics.register(new Destination());`,
      "src/app.js": 'import { analytics } from "./analytics";\nanalytics.track("Started", { cold: true });',
    },
    "track (forwarder) ? { … }",
    'track "Started" { cold: true }',
    "track (forwarder) ? { … }",
  );
  sends(
    "that is handed to a constructor",
    `${DESTINATION}
    class Analytics {
      constructor({ plugins }) { this.plugins = plugins; }
      track(name, props) { for (const plugin of this.plugins) plugin.track(name, props); }
    }
    new Analytics({ plugins: [new Destination()] }).track("Started", { cold: true });`,
    "track (forwarder) ? { … }",
    "track (forwarder) ? { … }",
    'track "Started" { cold: true }',
  );
  sends(
    "that is a map, by key, by value and by entry",
    `${POSTHOG}const trackers = new Map();
    trackers.set("posthog", posthog);
    trackers.get("posthog")?.capture("By Key");
    for (const tracker of trackers.values()) tracker.capture("By Value");
    for (const [, tracker] of trackers) tracker.capture("By Entry");
    trackers.forEach((tracker) => tracker.capture("By Callback"));
    Array.from(trackers.values()).map((tracker) => tracker.capture("By List"));`,
    'track "By Key"',
    'track "By Value"',
    'track "By Entry"',
    'track "By Callback"',
    'track "By List"',
  );
  sends(
    "that is a set",
    `${POSTHOG}const trackers = new Set();
    trackers.add(posthog);
    trackers.forEach((tracker) => tracker.capture("Started"));`,
    'track "Started"',
  );
  sends(
    "that is a table filled by a function",
    `${POSTHOG}const trackers = {};
    function register(name, tracker) { trackers[name] = tracker; }
    register("posthog", posthog);
    Object.values(trackers).forEach((tracker) => tracker.capture("Started"));`,
    'track "Started"',
  );
  sends(
    "that a caller hands over",
    `${POSTHOG}function start(trackers) { trackers.forEach((tracker) => tracker.capture("Started")); }
    start([posthog]);`,
    'track "Started"',
  );
});

describe("what is no tracker in a collection is not called", () => {
  sends(
    "though its method has the name of an SDK's",
    `${POSTHOG}const pens = new Set();
    pens.add({ capture(name) { console.log(name); } });
    pens.forEach((pen) => pen.capture("Drawn"));
    posthog.capture("Started");`,
    'track "Started"',
  );
  sends(
    "though a tracker was put into another collection",
    `${POSTHOG}class Box {
      items = [];
      others = [];
      add(item) { this.items.push(item); }
      other(item) { this.others.push(item); }
      run() { this.others.forEach((item) => item.capture("Run")); }
    }
    const box = new Box();
    box.add(posthog);
    box.other({ capture() {} });
    box.run();
    posthog.capture("Started");`,
    'track "Started"',
  );
});

describe("names in a collection", () => {
  sends(
    "that a caller hands over are that caller's",
    `${POSTHOG}function all(names: string[]) { names.forEach((name) => posthog.capture(name)); }
    all(["A", "B"]);`,
    "track (forwarder) ?",
    'track "A" | "B"',
  );
});
