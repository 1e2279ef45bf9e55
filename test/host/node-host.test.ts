import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { HostError } from "../../src/host/host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("bytes that are no UTF-8 are replaced", () => {
  const root = temporaryFolder({ "a.js": Uint8Array.of(0x27, 0xff, 0x27) });
  expect(nodeHost(root).readText("a.js")).toBe("'\uFFFD'");
});

test("a root that is missing or a file is the user's mistake", () => {
  const root = temporaryFolder({ "a.ts": "" });
  expect(() => nodeHost(join(root, "nope"))).toThrow(UserError);
  expect(() => nodeHost(join(root, "nope"))).toThrow(`Can't read the folder ${root}/nope: it doesn't exist.`);
  expect(() => nodeHost(join(root, "a.ts"))).toThrow("is not a folder");
});

test("a root that is itself a link is followed", () => {
  const folder = temporaryFolder({ "real/a.ts": "a" });
  symlinkSync("real", join(folder, "link"));
  const host = nodeHost(join(folder, "link"));
  expect(host.root).toBe(join(folder, "link"));
  expect(host.readText("a.ts")).toBe("a");
  expect(host.realPath("a.ts")).toBe("a.ts");
});

test("links inside the root are followed", () => {
  const root = temporaryFolder({ "src/a.ts": "a" });
  symlinkSync("src/a.ts", join(root, "file.ts"));
  symlinkSync("src", join(root, "folder"));
  const host = nodeHost(root);
  expect(host.readText("file.ts")).toBe("a");
  expect(host.readText("folder/a.ts")).toBe("a");
  expect(host.readText("folder")).toBeUndefined();
  expect([host.isFile("file.ts"), host.isDirectory("folder"), host.isFile("folder/a.ts")]).toEqual([true, true, true]);
  expect(host.list("folder")).toEqual(["a.ts"]);
  expect(host.realPath("folder/a.ts")).toBe("src/a.ts");
  expect(host.entries("").map((entry) => entry.kind)).toEqual(["link", "link", "directory"]);
});

test("links that lead outside are refused, whether file or folder", () => {
  const folder = temporaryFolder({ "secret/key.ts": "secret", "project/a.ts": "", "project-2/b.ts": "secret" });
  const root = join(folder, "project");
  symlinkSync("../secret/key.ts", join(root, "key.ts"));
  symlinkSync("../secret", join(root, "vault"));
  symlinkSync(join(folder, "project-2"), join(root, "neighbour"));
  mkdirSync(join(root, "src"));
  symlinkSync("../vault", join(root, "src/far"));
  const host = nodeHost(root);
  expect(() => host.readText("key.ts")).toThrow(new HostError("key.ts", "is a link that leads outside the root"));
  const inVault = "lies in `vault`, which is a link that leads outside the root";
  expect(() => host.readText("vault/key.ts")).toThrow(new HostError("vault/key.ts", inVault));
  expect(() => host.readText("neighbour/b.ts")).toThrow(HostError);
  expect(() => host.readText("src/far/key.ts")).toThrow(HostError);
  for (const path of ["key.ts", "vault/key.ts", "neighbour/b.ts", "src/far/key.ts"]) {
    expect(host.isFile(path)).toBe(false);
    expect(host.realPath(path)).toBeUndefined();
  }
  expect(host.isDirectory("vault")).toBe(false);
  expect(host.list("vault")).toEqual([]);
  expect(host.list("src/far")).toEqual([]);
});

test("link loops and links to nothing are said to be so", () => {
  const root = temporaryFolder();
  symlinkSync("b.ts", join(root, "a.ts"));
  symlinkSync("a.ts", join(root, "b.ts"));
  symlinkSync("gone.ts", join(root, "c.ts"));
  symlinkSync("loop", join(root, "loop"));
  const host = nodeHost(root);
  expect(() => host.readText("a.ts")).toThrow(new HostError("a.ts", "is a link that leads back to itself"));
  expect(() => host.readText("c.ts")).toThrow(new HostError("c.ts", "is a link to something that doesn't exist"));
  expect(() => host.readText("loop/x.ts")).toThrow("which is a link that leads back to itself");
  expect(["a.ts", "c.ts", "loop/x.ts"].map(host.isFile)).toEqual([false, false, false]);
  expect(host.list("loop")).toEqual([]);
});

test("a file or folder without permission gives plain words", () => {
  const root = temporaryFolder({ "a.ts": "a", "locked/b.ts": "b" });
  chmodSync(root, 0o755);
  chmodSync(join(root, "a.ts"), 0);
  chmodSync(join(root, "locked"), 0);
  asOrdinaryUser(() => {
    const host = nodeHost(root);
    expect(() => host.readText("a.ts")).toThrow(new HostError("a.ts", "there is no permission to read it"));
    expect(() => host.readText("locked/b.ts")).toThrow(
      new HostError("locked/b.ts", "there is no permission to read it"),
    );
    expect(() => host.list("locked")).toThrow(new HostError("locked", "there is no permission to read it"));
    expect(host.isFile("locked/b.ts")).toBe(false);
  });
  chmodSync(join(root, "locked"), 0o755);
});

test("a pipe is no file and is not waited for", () => {
  const root = temporaryFolder();
  execFileSync("mkfifo", [join(root, "pipe.ts")]);
  const host = nodeHost(root);
  expect(host.isFile("pipe.ts")).toBe(false);
  expect(host.list("")).toEqual([]);
  expect(host.readText("pipe.ts")).toBe("");
});

/** Permissions don't bind root, as whom tests in containers run. */
function asOrdinaryUser(run: () => void): void {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    run();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
