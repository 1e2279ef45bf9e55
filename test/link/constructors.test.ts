import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const BASE = `import posthog from "posthog-js";
interface Names { start: string; end: string }
export abstract class Task {
  constructor(protected names: Names) {}
  run() { posthog.capture(this.names.start, { step: 1 }); }
}`;

describe("names that a constructor is given", () => {
  sends(
    "are the union over the classes that hand them to super()",
    {
      "src/task.ts": BASE,
      "src/build.ts": `import { Task } from "./task";
export class Build extends Task { constructor() { super({ start: "Build Started", end: "Build Ended" }); } }`,
      "src/submit.ts": `import { Task } from "./task";
export class Submit extends Task {
  constructor(id: string) { const names = { start: "Submit Started", end: "Submit Ended" }; super(names); }
}`,
    },
    `track "Build Started" | "Submit Started" { step: 1 }`,
  );
  sends(
    "are found where the class is a default export, and in classes between",
    {
      "src/task.ts": BASE.replace("export abstract", "export default abstract"),
      "src/remote.ts": `import Base from "./task";
export abstract class Remote extends Base { constructor(name: string) { super({ start: name, end: "" }); } }`,
      "src/build.ts": `import { Remote } from "./remote";
export class Build extends Remote { constructor() { super("Build Started"); } }`,
    },
    `track "Build Started" { step: 1 }`,
  );
  sends(
    "are those of the objects that are made",
    {
      "src/page.ts": `import posthog from "posthog-js";
export class Page { constructor(private readonly name: string) {} open() { posthog.capture(\`Viewed \${this.name}\`); } }`,
      "src/home.ts": `import { Page } from "./page"; new Page("Home").open();`,
      "src/about.ts": `import { Page } from "./page"; export const about = new Page("About");`,
    },
    `track "Viewed About" | "Viewed Home"`,
  );
  sends(
    "may come through a table that is looked up by an unknown key",
    {
      "src/task.ts": `import posthog from "posthog-js";
interface Names { ok: string }
export abstract class Task {
  constructor(protected names: Record<string, Names>) {}
  run() { for (const key in this.names) { const names = this.names[key]; posthog.capture(names.ok); } }
}`,
      "src/build.ts": `import { Task } from "./task";
export class Build extends Task { constructor() { super({ a: { ok: "A Done" }, b: { ok: "B Done" } }); } }`,
    },
    `track "A Done" | "B Done"`,
  );
  sends("stay unknown where nobody makes an object", { "src/task.ts": BASE }, `track ? { step: 1 }`);
  sends(
    "of a wrapper leave its callers the sites",
    {
      "src/tracker.ts": `import posthog from "posthog-js";
export class Tracker { constructor(private app: string) {} track(name: string) { posthog.capture(name, { app: this.app }); } }`,
      "src/use.ts": `import { Tracker } from "./tracker"; const t = new Tracker("shop"); t.track("Opened");`,
    },
    `track (forwarder) ? { app: string }`,
    `track "Opened"`,
  );
});

describe("a tracker that a constructor is given", () => {
  sends(
    "is found without types",
    {
      "src/main.js": `import posthog from "posthog-js"; import { Service } from "./service"; new Service(posthog).run();`,
      "src/service.js": `export class Service { constructor(a) { this.a = a; } run() { this.a.capture("Ran"); } }`,
    },
    `track "Ran"`,
  );
});

describe("a tracker that is handed to another file", () => {
  const POSTHOG = `import posthog from "posthog-js";\n`;
  sends(
    "is followed into a function, in an object too",
    {
      "src/main.ts": `${POSTHOG}import { setUp } from "./a"; import start from "./b"; setUp({ tracker: posthog }, 1); start(1, posthog);`,
      "src/a.ts": `export function setUp({ tracker }: any, n: number) { tracker.capture("Set Up", { n }); }`,
      "src/b.ts": `export default (n: number, log: any) => log.capture("Started");`,
    },
    `track "Set Up" { n: 1 }`,
    `track "Started"`,
  );
  sends(
    "is followed into a component",
    {
      "src/main.tsx": `${POSTHOG}import { Child } from "./child"; const track = (name: string) => posthog.capture(name); export const App = () => <Child onEvent={track} />;`,
      "src/child.tsx": `export function Child(props: any) { return <button onClick={() => props.onEvent("Clicked")} />; }`,
    },
    `track "Clicked"`,
    `track (forwarder) ?`,
  );
  sends(
    "is followed through a class that hands it on",
    {
      "src/main.js": `${POSTHOG}import { Outer } from "./outer"; new Outer(posthog).go();`,
      "src/outer.js": `import { Inner } from "./inner"; export class Outer { constructor(a) { this.inner = new Inner(a); } go() { this.inner.run(); } }`,
      "src/inner.js": `export class Inner { constructor(a) { this.a = a; } run() { this.a.capture("Ran"); } }`,
    },
    `track "Ran"`,
  );
  sends("finds nothing where the file calls other things", {
    "src/main.ts": `${POSTHOG}import { setUp } from "./a"; setUp(posthog);`,
    "src/a.ts": `export function setUp(tracker: any) { other.capture("Set Up"); tracker.onFeatureFlags(() => 1); }`,
  });
});
