import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printPart } from "../../src/parts/print-part.ts";
import { apply, type Edit, SHOP, VARIANTS } from "../cache/shop.ts";
import { git, temporaryFolder, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";
import { programs, type RandomModule } from "../link/random-program.ts";
import { BUILD, joinedOf, PLAN, partOf, partTexts, wholeOf } from "./parts-of.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));

function monorepo(): string {
  const folder = temporaryFolder();
  cpSync(join(repository, "fixtures/monorepo"), folder, { recursive: true });
  copyFileSync(join(repository, "tracking-plan.example.yaml"), join(folder, PLAN));
  return folder;
}

/** Three packages that import each other's names, in one direction only where the manifests say so. */
function spread(program: readonly RandomModule[]): Record<string, string> {
  const names = program.map((_, index) => `m${index}`);
  const files = program.map(({ declarations, imports }, index) => {
    const lines = imports.map(
      (other) =>
        `import { x${other}, o${other}, f${other}, C${other}, E${other}, type T${other} } from "@r/m${other}";`,
    );
    return [`packages/m${index}/index.ts`, ['import posthog from "posthog-js";', ...lines, declarations].join("\n")];
  });
  const manifests = names.map((name) => [
    `packages/${name}/package.json`,
    JSON.stringify({ name: `@r/${name}`, main: "index.ts" }),
  ]);
  return { ...Object.fromEntries([...files, ...manifests]), "package.json": '{"workspaces":["packages/*"]}' };
}

const manifest = (name: string, ...dependencies: readonly string[]) =>
  JSON.stringify({ name, main: "index.ts", dependencies: Object.fromEntries(dependencies.map((one) => [one, "*"])) });

/** What only the whole knows: callers, receivers, implementations and values in packages that nothing depends on. */
const ACROSS: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({ workspaces: ["apps/*", "packages/*"] }),
  ".gitignore": "generated\n",
  "packages/kit/package.json": manifest("@a/kit"),
  "packages/kit/index.ts": `import posthog from "posthog-js";
export { NAMES } from "./generated/names";
export const report = (name: string, more?: object) => posthog.capture(name, more);
export function unheard(name: string) { posthog.capture(name); }
export function onlyHere() { posthog.capture("Kit Opened"); }
export interface AnalyticsService { track(event: string, more?: object): void }
export class Cart { constructor(private analytics: AnalyticsService) {} empty() { this.analytics.track("Cart Emptied"); } }
export function Button({ onPress }: { onPress: (name: string) => void }) { onPress("Button Pressed"); return null; }`,
  "packages/kit/generated/names.ts": 'export const NAMES = { LEFT: "Cart Left" } as const;',
  "packages/kit/tsconfig.json": JSON.stringify({ references: [{ path: "./tsconfig.test.json" }] }),
  "packages/kit/tsconfig.test.json": JSON.stringify({ extends: "./test/tsconfig.base.json", include: ["**/*.ts"] }),
  "packages/kit/test/tsconfig.base.json": JSON.stringify({ compilerOptions: { paths: { "~/*": ["./*"] } } }),
  "apps/web/package.json": manifest("web", "@a/kit"),
  "apps/web/index.tsx": `import { Button, NAMES, onlyHere, report } from "@a/kit";
import { choice } from "./consent";
report(NAMES.LEFT, { items: 3 });
if (choice.analytics) onlyHere();
export const App = () => <Button onPress={(name) => report(name)} />;
export const send = (event: string) => fetch("/api/telemetry/track", { method: "POST", body: JSON.stringify({ event, properties: {} }) });
// tracklint-disable-next-line dynamic-event-name, event-casing -- tried out
send("web_seen");`,
  "apps/web/consent.ts": "export const choice = { analytics: false };",
  "apps/api/package.json": manifest("api", "@a/kit"),
  "apps/api/index.ts": `import { Analytics } from "@segment/analytics-node";
import { Cart, type AnalyticsService } from "@a/kit";
const client = new Analytics({ writeKey: "k" });
export class Sender implements AnalyticsService { track(event: string, more?: object) { client.track({ event, userId: "u", properties: more }); } }
new Cart(new Sender()).empty();
app.post("/api/telemetry/track", (req, res) => client.track({ event: req.body.event, userId: req.user.id, properties: req.body.properties }));`,
  "apps/broken/package.json": manifest("broken"),
  "apps/broken/index.ts": 'import posthog from "posthog-js";\nposthog.capture("Never Closed";\n',
  "tools/seed.ts":
    'import { report } from "@a/kit";\nreport("Seeded", { price: NaN, count: 1e999, none: undefined, zero: -0 });\n',
};

describe("parts give what one run gives, without the code", () => {
  test("of the bundled monorepo, with nothing left to parse", async () => {
    const folder = monorepo();
    const joined = await joinedOf(folder, await partTexts(folder));
    const { parsed: _, ...whole } = await wholeOf(folder);
    expect(joined).toStrictEqual({ ...whole, parsed: 0 });
  });

  test.each([true, false])("of what only the whole knows (in git: %s)", async (isGit) => {
    const folder = isGit ? temporaryRepository(ACROSS) : temporaryFolder(ACROSS);
    const { report, inventory } = await wholeOf(folder);
    expect(await joinedOf(folder, await partTexts(folder))).toMatchObject({ report, inventory });
  });

  test("of any program that is spread over packages", async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const folder = temporaryFolder(spread(program));
        const { report, inventory } = await wholeOf(folder);
        const joined = await joinedOf(folder, await partTexts(folder));
        expect(joined.inventory).toStrictEqual(inventory);
        expect(joined.report).toStrictEqual(report);
      }),
      { numRuns: 4 },
    );
  });
});

test("a part is as good as new for as long as its own files are as they were, whatever became of others", async () => {
  const files = { ...SHOP, ...ACROSS, "package.json": JSON.stringify({ workspaces: ["apps/*", "packages/*"] }) };
  const edits: readonly Edit[] = Object.entries(VARIANTS).flatMap(([path, texts]) => [
    ...texts.map((text): Edit => ({ kind: "write", path, text })),
    { kind: "delete", path } as const,
  ]);
  const more: readonly Edit[] = [
    {
      kind: "write",
      path: "packages/kit/index.ts",
      text: `${ACROSS["packages/kit/index.ts"]}\nexport const send = report;\n`.replace(
        "capture(name, more)",
        "capture(`App ${name}`)",
      ),
    },
    {
      kind: "write",
      path: "apps/api/index.ts",
      text: `${ACROSS["apps/api/index.ts"]}\napp.post("/api/other", (req) => client.track({ event: req.body.name, userId: "u" }));\n`,
    },
    { kind: "write", path: "apps/web/more.ts", text: 'import { unheard } from "@a/kit";\nunheard("Heard Now");\n' },
    { kind: "delete", path: "apps/web/index.tsx" },
    { kind: "delete", path: "apps/api/package.json" },
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(fc.constantFrom(...edits, ...more), { minLength: 1, maxLength: 3 }),
      async (isGit, list) => {
        const folder = temporaryFolder(files);
        if (isGit) git(folder, "init", "--quiet");
        const kept = new Map<string, { readonly state: string; readonly text: string }>();
        for (const edit of [undefined, ...list]) {
          if (edit) apply(folder, edit);
          // What a task runner does: it makes a part again where its package has changed, and that of the root.
          const root = await partOf(folder, "");
          const parts = new Map([["", printPart(root, BUILD)]]);
          for (const { folder: name } of root.packages ?? []) {
            const state = stateOf(folder, name);
            const known = kept.get(name);
            const text = known?.state === state ? known.text : printPart(await partOf(folder, name), BUILD);
            kept.set(name, { state, text });
            parts.set(name, text);
          }
          if (edit === undefined) continue;
          const { report, inventory } = await wholeOf(folder);
          const joined = await joinedOf(folder, parts);
          expect(joined.inventory, JSON.stringify(edit)).toStrictEqual(inventory);
          expect(joined.report, JSON.stringify(edit)).toStrictEqual(report);
        }
      },
    ),
    { numRuns: 4 },
  );
});

/** Of the files of a package, and of what says which of them there are. */
function stateOf(folder: string, name: string): string {
  const files = readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((one) => join(one.parentPath, one.name)).sort();
  const ignore = join(folder, ".gitignore");
  return JSON.stringify(
    [...paths, ...(existsSync(ignore) ? [ignore] : [])].map((path) => [path, readFileSync(path, "utf8")]),
  );
}

test("a part has the same bytes whenever it is made, and not those of parts of earlier runs", async () => {
  const folder = temporaryFolder(ACROSS);
  const texts = await partTexts(folder);
  writeFiles(folder, Object.fromEntries([...texts].map(([name, text]) => [`${name || "."}/part.json`, text])));
  expect(await partTexts(folder)).toEqual(texts);
});
