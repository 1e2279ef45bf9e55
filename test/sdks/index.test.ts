import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileSdks } from "../../src/sdks/compile.ts";
import { decodeSurface } from "../../src/sdks/decode.ts";
import {
  allSdks,
  consentPlatforms,
  globalsByName,
  sdkById,
  sdksByPackage,
  seedGlobals,
  seedPackages,
  vendorsNamed,
  vendorWordOf,
  vendorWords,
} from "../../src/sdks/index.ts";
import { surfaces, vendorFiles } from "./vendor-files.ts";

const idsOf = (sdks: readonly { readonly id: string }[]): string[] => sdks.map(({ id }) => id);

describe("the compiled index", () => {
  it("is what the vendor files compile to", async () => {
    const compiled = compileSdks(vendorFiles.map(([, file]) => file));
    await expect(compiled).toMatchFileSnapshot(new URL("../../src/sdks/generated.ts", import.meta.url).pathname);
  });

  it("does not depend on the order of the files", () => {
    const files = vendorFiles.map(([, file]) => file);
    expect(compileSdks([...files].reverse())).toBe(compileSdks(files));
  });

  it("holds every surface, and nothing that only explains", () => {
    expect(idsOf(allSdks()).sort()).toEqual(idsOf(surfaces).sort());
    const text = readFileSync(new URL("../../src/sdks/generated.ts", import.meta.url), "utf8");
    expect(text).not.toMatch(/"(?:notes?|example|captureNote|mechanism)":/);
  });
});

describe("sdkById", () => {
  it("decodes a surface with all that its file leaves unsaid", () => {
    const sdk = sdkById("posthog-node");
    expect(sdk).toMatchObject({ vendor: "posthog", status: "current", startsCapture: false, globals: [] });
    expect(sdk?.methods.find(({ name }) => name === "capture")).toMatchObject({
      kind: "track",
      call: "method",
      verified: "typings",
      layouts: [{ roles: { event: { arg: 0, path: "event" }, userId: { arg: 0, path: "distinctId" } } }],
    });
  });

  it("gives the same object each time", () => {
    expect(sdkById("posthog-js")).toBe(sdkById("posthog-js"));
  });

  it("knows no surface by a name that is none", () => {
    expect(sdkById("posthog")).toBeUndefined();
    expect(sdkById("toString")).toBeUndefined();
  });

  it("takes over the methods of another surface, less those it lacks", () => {
    const names = sdkById("june-browser")?.methods.map(({ name }) => name);
    expect(names).toContain("trackSubmit");
    expect(sdkById("rudderstack-node-expo")?.methods.map(({ name }) => name)).not.toContain("screen");
  });

  it("writes out which functions a package exports for its methods", () => {
    const functions = sdkById("amplitude-node")?.imports.filter(({ is }) => is === "function");
    expect(functions?.map(({ symbol }) => symbol)).toContain("groupIdentify");
    expect(functions?.map(({ symbol }) => symbol)).not.toContain("*");
  });
});

describe("sdksByPackage", () => {
  it("tells surfaces of one package apart by the subpath", () => {
    expect(idsOf(sdksByPackage("@vercel/analytics/server"))).toEqual(["vercel-analytics-server"]);
    expect(idsOf(sdksByPackage("posthog-js/react"))).toEqual(["posthog-react"]);
    expect(idsOf(sdksByPackage("posthog-node/edge"))).toEqual(["posthog-node"]);
  });

  it("takes the package where it does not know the subpath", () => {
    expect(idsOf(sdksByPackage("posthog-node/lib/index.mjs"))).toEqual(["posthog-node"]);
    expect(idsOf(sdksByPackage("@segment/analytics-node/dist/x"))).toEqual(["segment-node"]);
  });

  it("knows nothing of other packages", () => {
    for (const name of ["react", "heap", "@segment/ajv-human-errors", "analytics-utils", "toString", ""]) {
      expect(sdksByPackage(name)).toEqual([]);
    }
  });
});

describe("globals", () => {
  it("belong to every surface that has them", () => {
    expect(idsOf(globalsByName("analytics").map(({ sdk }) => sdk))).toEqual(["segment-browser", "segment-snippet"]);
    expect(globalsByName("fbq")[0]).toMatchObject({ bare: true, calls: "fbq" });
    expect(globalsByName("location")).toEqual([]);
  });

  it("count alone only where the name is unmistakable", () => {
    const bare = seedGlobals.filter((global) => global.bare).map(({ name }) => name);
    expect(bare).toContain("dataLayer");
    for (const name of ["analytics", "heap", "op", "va", "clarity", "umami", "posthog"])
      expect(bare).not.toContain(name);
  });
});

describe("seeds", () => {
  it("name the subpath of packages that do much else", () => {
    expect(seedPackages).toContain("firebase/analytics");
    expect(seedPackages).not.toContain("firebase");
  });

  it("lead back to a surface each", () => {
    expect(seedPackages.filter((specifier) => sdksByPackage(specifier).length === 0)).toEqual([]);
    expect(seedGlobals.filter(({ name }) => globalsByName(name).length === 0)).toEqual([]);
  });
});

describe("vendorWordOf", () => {
  it.each([
    ["@acme/rudder-sdk-node", "rudderstack-node"],
    ["@acme/posthog-js", "posthog-js"],
    ["posthog-react-native-fork", "posthog-react-native"],
    ["@acme/mixpanel-browser-lite", "mixpanel-browser"],
    ["@acme/amplitude-analytics-node", "amplitude-node"],
    ["@acme/segment-analytics-node", "segment-node"],
  ])("takes %s for %s", (name, id) => {
    expect(idsOf(vendorWordOf(name))).toContain(id);
  });

  it.each([
    "@acme/core",
    "react-sdk",
    "node-analytics",
    "segment-tree",
    "novel-segment",
    "amplitudejs",
    "rudderless",
    "@posthog/icons",
  ])("finds no vendor's word in %s", (name) => {
    expect(vendorWordOf(name)).toEqual([]);
  });

  it("asks only about words that it lists", () => {
    expect(vendorWords).toContain("posthog");
    for (const word of ["core", "sdk", "react", "node", "analytics"]) expect(vendorWords).not.toContain(word);
  });
});

describe("vendorsNamed", () => {
  it("knows a vendor by its own name, a surface's and a family's", () => {
    expect([...vendorsNamed("segment")]).toEqual(["segment"]);
    expect([...vendorsNamed("posthog-node")]).toEqual(["posthog"]);
    expect([...vendorsNamed("ga4")]).toEqual(["google"]);
    expect(vendorsNamed("segment-spec")).toContain("rudderstack");
    expect(vendorsNamed("warehouse").size).toBe(0);
  });
});

describe("consent platforms", () => {
  it("have an id each and something to be known by", () => {
    const ids = idsOf(consentPlatforms);
    expect(ids).toEqual([...new Set(ids)]);
    expect(consentPlatforms.filter(({ packages, globals }) => packages.length + globals.length === 0)).toEqual([]);
  });

  it("share no package", () => {
    const packages = consentPlatforms.flatMap((platform) => platform.packages);
    expect(packages).toEqual([...new Set(packages)]);
  });
});

describe("a vendor file that is wrong", () => {
  const surface = {
    id: "x",
    vendor: "x",
    vendorName: "X",
    product: "X",
    family: "x",
    platform: "browser",
    consent: { reads: "unknown" },
  } as const;

  it("is told the surface that it takes methods from and that is not there", () => {
    expect(() => decodeSurface({ ...surface, methodsOf: "y" }, () => undefined)).toThrow(
      "x: methodsOf names no surface: y",
    );
  });

  it("is told the text that is no place", () => {
    const methods = [{ name: "track", kind: "track", roles: { event: "first" } }] as const;
    expect(() => decodeSurface({ ...surface, methods }, () => undefined)).toThrow("not a place: first");
  });
});
