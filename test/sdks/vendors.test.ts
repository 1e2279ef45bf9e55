import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { allSdks } from "../../src/sdks/index.ts";
import type { Sdk, SdkMethod } from "../../src/sdks/sdk.ts";
import { argumentsOf, type Example, examplesOf, freeNames, holds, keysIn, parseExpression, roleIn } from "./example.ts";
import { surfaces, vendorFiles } from "./vendor-files.ts";

const schema = JSON.parse(readFileSync(new URL("../../src/sdks/vendor.schema.json", import.meta.url), "utf8"));
const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(schema);
const sdks = allSdks();

/** `id method example` of every example for which the predicate is false. */
function failing(test: (example: Example, sdk: Sdk) => boolean): string[] {
  return sdks.flatMap((sdk) =>
    examplesOf(sdk)
      .filter((example) => !test(example, sdk))
      .map(({ method, text }) => `${sdk.id} ${method.name}: ${text}`),
  );
}

/** The sentinels of examples: the text that stands where a role is read. */
const sentinels: Readonly<Record<string, string>> = {
  EVENT: "event",
  USER: "userId",
  ANON: "anonymousId",
  PREV: "previousId",
  GROUP: "groupId",
  GTYPE: "groupType",
  PAGE: "pageName",
};

describe("vendor files", () => {
  it.each(vendorFiles)("%s follows the schema and is named for its vendor", (name, file) => {
    validate(file);
    expect(validate.errors ?? []).toEqual([]);
    expect(name).toBe(`${file.vendor}.json`);
  });

  it("give every surface an id of its own", () => {
    const ids = surfaces.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it("share no vendor's word between vendors, and no known package has another vendor's word", () => {
    const words = vendorFiles.flatMap(([, file]) =>
      (file.words ?? []).map((entry) => ({
        vendor: file.vendor,
        word: typeof entry === "string" ? entry : entry.word,
      })),
    );
    expect(words.map(({ word }) => word)).toEqual([...new Set(words.map(({ word }) => word))]);
    const foreign = sdks.flatMap((sdk) =>
      sdk.packages.flatMap((name) => {
        const parts = name.replace(/^@[^/]+\//, "").split("-");
        return words
          .filter(({ word, vendor }) => vendor !== sdk.vendor && parts.includes(word))
          .map(({ word }) => [name, word]);
      }),
    );
    expect(foreign).toEqual([]);
  });

  it("import only from the packages that they list", () => {
    const strays = sdks.flatMap((sdk) =>
      sdk.imports
        .filter(({ from }) => !sdk.packages.some((name) => from === name || from.startsWith(`${name}/`)))
        .map(({ from }) => `${sdk.id} ${from}`),
    );
    expect(strays).toEqual(["amplitude-node-legacy @amplitude/identify"]);
  });

  it("start every instance's symbol with an import or a global", () => {
    const strays = sdks.flatMap((sdk) => {
      const known = [...sdk.imports.map(({ symbol }) => symbol), ...sdk.globals.map(({ name }) => name)];
      return sdk.instances
        .filter(({ how, symbol }) => how !== "prop" && !known.includes(symbol.split(".")[0] ?? ""))
        .map(({ symbol }) => `${sdk.id} ${symbol}`);
    });
    expect(strays).toEqual([]);
  });

  it("name in starts, calls and builders only what they have", () => {
    const missing = sdks.flatMap((sdk) => {
      const methods = new Set(sdk.methods.map(({ name }) => name));
      const imports = new Set(sdk.imports.map(({ symbol }) => symbol));
      const called = [...sdk.globals, ...sdk.instances]
        .flatMap(({ calls }) => calls ?? [])
        .filter((name) => !methods.has(name));
      const components = [
        ...sdk.starts.filter(({ how }) => how === "component").map(({ name }) => name),
        ...(sdk.jsx ?? []).map(({ component }) => component),
        ...(sdk.builders ?? [])
          .map((builder) => builder.class)
          .filter((name) => sdk.id !== "amplitude-js-legacy" || name === "Identify"),
      ].filter((name) => !imports.has(name));
      return [...called, ...components].map((name) => `${sdk.id} ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it("reach every surface by an instance, a function, a global or an address", () => {
    const unreachable = sdks.filter(
      ({ instances, imports, globals, http }) =>
        instances.length === 0 &&
        globals.length === 0 &&
        http === undefined &&
        !imports.some(({ is }) => ["function", "hoc"].includes(is)),
    );
    expect(unreachable.map(({ id }) => id)).toEqual([]);
  });
});

describe("examples", () => {
  it("parse as one expression", () => {
    expect(failing(({ text }) => parseExpression(text) !== undefined)).toEqual([]);
  });

  it("call the method that they are an example of", () => {
    expect(failing(({ method, text }) => argumentsOf(method, text).length >= 0)).toEqual([]);
  });

  it("are taken by their own layout and by none before it", () => {
    const first = (sdk: Sdk, { method, text }: Example): unknown => {
      const args = argumentsOf(method, text);
      return sdk.methods
        .filter(({ name }) => name === method.name)
        .flatMap(({ layouts }) => layouts)
        .find((layout) => (layout.when ?? []).every((clause) => holds(clause, args)));
    };
    expect(failing((example, sdk) => first(sdk, example) === example.layout)).toEqual([]);
  });

  it("hold each sentinel where its role says, and read each role at its sentinel", () => {
    const wrong = failing((example) => {
      const { layout, method, text } = example;
      const written = Object.entries(sentinels).filter(([word]) => text.includes(`'${word}'`));
      const read = Object.entries(layout.roles).flatMap(([role, place]) => {
        const value = Object.values(sentinels).includes(role) ? roleIn(place, method, text) : undefined;
        return value ? [[role, value] as const] : [];
      });
      return (
        written.every(([word, role]) => covers(example, word, role)) &&
        read.every(([role, value]) => ts.isStringLiteral(value) && sentinelFits(role, value.text))
      );
    });
    expect(wrong).toEqual([]);
  });

  it("show the keys of properties and traits", () => {
    const wrong = failing(({ layout, method, text }, sdk) => {
      const shown = ["prop", "trait"].filter((key) => text.includes(`${key}: `));
      const read = Object.values(layout.roles).flatMap((place) => keysIn(place, sdk, method, text) ?? []);
      return shown.every((key) => read.includes(key));
    });
    expect(wrong).toEqual([]);
  });
});

describe("methods", () => {
  const all = sdks.flatMap((sdk) => sdk.methods.map((method) => [sdk, method] as const));

  it("of kind track name an event, are fixed, or hand over the whole object", () => {
    const nameless = (method: SdkMethod): boolean =>
      method.kind === "track" &&
      method.fixedEvent === undefined &&
      method.dispatches !== true &&
      method.layouts.some(({ roles }) => roles.event === undefined);
    expect(all.filter(([, method]) => nameless(method)).map(([sdk, { name }]) => `${sdk.id} ${name}`)).toEqual([]);
  });

  it("have a clear choice where a name stands more than once", () => {
    const unclear = all.filter(
      ([sdk, method]) =>
        sdk.methods.filter(({ name }) => name === method.name).length > 1 &&
        method.layouts.some(({ when }) => when === undefined),
    );
    expect(unclear.map(([sdk, { name }]) => `${sdk.id} ${name}`)).toEqual([]);
  });

  it("require only roles that they have", () => {
    const strays = all.filter(([, { layouts }]) =>
      layouts.some(({ roles, required = [], requiredOneOf = [] }) =>
        [...required, ...requiredOneOf.flat()].some((role) => roles[role] === undefined),
      ),
    );
    expect(strays.map(([sdk, { name }]) => `${sdk.id} ${name}`)).toEqual([]);
  });

  it("read what their builders build from classes or imported functions", () => {
    const strays = sdks.flatMap((sdk) => {
      const known = new Set([
        ...(sdk.builders ?? []).map((builder) => builder.class),
        ...sdk.imports.map(({ symbol }) => symbol),
      ]);
      return sdk.methods
        .flatMap(({ layouts }) => layouts.flatMap(({ roles }) => Object.values(roles)))
        .flatMap(({ builder }) => (builder !== undefined && !known.has(builder) ? [`${sdk.id} ${builder}`] : []));
    });
    expect(strays).toEqual([]);
  });
});

describe("free names of examples", () => {
  it("are imports or globals of the surface, or names that every program has", () => {
    const given = new Set(["Date", "Error", "document", "app", "analytics", "user", "undefined", "window"]);
    const strays = failing(({ text, method }, sdk) => {
      const known = new Set([
        ...given,
        ...sdk.imports.map(({ symbol }) => symbol),
        ...sdk.methods.map(({ name }) => name.split(/\W/)[0] ?? ""),
      ]);
      return [...freeNames(text)].every(
        (name) => known.has(name) || (name === "amplitude" && method.name !== "amplitude"),
      );
    });
    expect(strays).toEqual([]);
  });
});

/** True where a role reads the sentinel that stands for it, or another role that may hold such a text does. */
function covers({ layout, method, text }: Example, word: string, role: string): boolean {
  const others = ["groups", "category", "consentId"];
  return Object.entries(layout.roles).some(([name, place]) => {
    const value = name === role || others.includes(name) ? roleIn(place, method, text) : undefined;
    return value?.getText().includes(`'${word}'`) ?? false;
  });
}

function sentinelFits(role: string, text: string): boolean {
  return sentinels[text] === role || (role === "event" && text.startsWith("iglu:") && text.includes("/EVENT/"));
}
