import { expect, test } from "vitest";
import { HostError } from "../../src/host/host.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { overlayHost } from "../../src/host/overlay-host.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const hosts = {
  memoryHost: (files: Record<string, string>) => memoryHost(files),
  nodeHost: (files: Record<string, string>) => nodeHost(temporaryFolder(files)),
  overlayHost: (files: Record<string, string>) =>
    overlayHost(memoryHost({ "gone.ts": "" }), new Map([...Object.entries(files), ["gone.ts", undefined]])),
};

for (const [name, hostOf] of Object.entries(hosts)) {
  test(`${name} reads a file as text`, () => {
    const host = hostOf({ "src/café.ts": "track('Ordered ☕')\r\n" });
    expect(host.readText("src/café.ts")).toBe("track('Ordered ☕')\r\n");
    expect(host.readText("./src//café.ts")).toBe("track('Ordered ☕')\r\n");
  });

  test(`${name} removes a byte order mark`, () => {
    expect(hostOf({ "a.ts": "\uFEFFexport {}" }).readText("a.ts")).toBe("export {}");
  });

  test(`${name} knows no text where there is no file`, () => {
    const host = hostOf({ "src/a.ts": "" });
    expect(host.readText("src/a.ts")).toBe("");
    expect(host.readText("src/b.ts")).toBeUndefined();
    expect(host.readText("src")).toBeUndefined();
    expect(host.readText("src/a.ts/b.ts")).toBeUndefined();
    expect(host.readText("")).toBeUndefined();
  });

  test(`${name} refuses binary content`, () => {
    const host = hostOf({ "late.ts": `${" ".repeat(8192)}\0`, "image.ts": "\x89PNG\0" });
    expect(() => host.readText("image.ts")).toThrow(
      new HostError("image.ts", "looks binary: there is a NUL byte near its start"),
    );
    expect(host.readText("late.ts")).toHaveLength(8193);
  });

  test(`${name} tells files from folders`, () => {
    const host = hostOf({ "src/deep/a.ts": "" });
    expect(["src/deep/a.ts", "src/deep", "src", "", "src/b.ts"].map(host.isFile)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(["src/deep/a.ts", "src/deep", "src/", "", "lib"].map(host.isDirectory)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  test(`${name} lists a folder in order`, () => {
    const host = hostOf({ "src/b.ts": "", "src/a/c.ts": "", "src/Z.ts": "", "package.json": "{}" });
    expect(host.list("")).toEqual(["package.json", "src"]);
    expect(host.list("src")).toEqual(["Z.ts", "a", "b.ts"]);
    expect(host.entries("src")).toEqual([
      { name: "Z.ts", kind: "file" },
      { name: "a", kind: "directory" },
      { name: "b.ts", kind: "file" },
    ]);
    expect(host.list("lib")).toEqual([]);
    expect(host.list("src/b.ts")).toEqual([]);
  });

  test(`${name} never leaves its root`, () => {
    const host = hostOf({ "src/a.ts": "" });
    for (const path of ["../secret", "/etc/passwd", "src/../../secret"]) {
      expect(() => host.readText(path)).toThrow(new HostError(path, "lies outside the root"));
      expect(host.isFile(path)).toBe(false);
      expect(host.isDirectory(path)).toBe(false);
      expect(host.realPath(path)).toBeUndefined();
    }
    expect(host.isDirectory("..")).toBe(false);
    expect(host.list("..")).toEqual([]);
    expect(host.list("/")).toEqual([]);
  });

  test(`${name} gives the real path of what is there`, () => {
    const host = hostOf({ "src/a.ts": "" });
    expect(["src/a.ts", "./src", "", "src/b.ts"].map(host.realPath)).toEqual(["src/a.ts", "src", "", undefined]);
  });

  test(`${name} is not in a git work tree by itself`, () => {
    expect(hostOf({ "a.ts": "" }).gitFiles()).toBeUndefined();
  });
}

test("memoryHost can hold a file that can't be read", () => {
  const host = memoryHost({}, { unreadable: { "src/a.ts": "there is no permission to read it" } });
  expect(host.isFile("src/a.ts")).toBe(true);
  expect(() => host.readText("src/a.ts")).toThrow("there is no permission to read it");
});
