import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";

/** The files of a cache. Whatever goes wrong with one is a miss: what can't be read isn't there, what can't be written is lost. */
export interface Store {
  /** What was written under a name by the same build; undefined where nothing was, or it is damaged. */
  read(name: string): unknown;
  /** Takes the place of what was there, at once or not at all. */
  write(name: string, value: unknown): void;
  /** Removes all but the newest files whose names begin so. */
  keepNewest(prefix: string, count: number): void;
}

/**
 * Removes the files of a cache, and its folder where nothing else is in it. Gives how many there were.
 *
 * @throws what the file system throws
 */
export function cleanStore(folder: string): number {
  if (!existsSync(folder)) return 0;
  const names = readdirSync(folder);
  const own = names.filter(isOwn);
  for (const name of own) rmSync(join(folder, name));
  if (own.length === names.length) rmdirSync(folder);
  return own.length;
}

/** Of its files, and of what a run that was killed left half written. */
const EXTENSION = ".tracklint-cache";
const DIGEST_LENGTH = 64;

/**
 * @param folder absolute; made when something is written
 * @param build names what computes the values: those of another build are foreign
 */
export function openStore(folder: string, build: string): Store {
  const header = `tracklint cache ${build}\n`;
  const fileOf = (name: string) => join(folder, `${name}${EXTENSION}`);
  return {
    read(name) {
      return attempt(() => {
        const bytes = readFileSync(fileOf(name));
        const start = header.length + DIGEST_LENGTH + 1;
        if (bytes.subarray(0, header.length).toString("latin1") !== header) return undefined;
        const body = bytes.subarray(start);
        const digest = bytes.subarray(header.length, start - 1).toString("latin1");
        return digest === sha256(body) ? deserialize(body) : undefined;
      });
    },
    write(name, value) {
      const scrap = `${fileOf(name)}.${randomUUID()}`;
      const isDone = attempt(() => {
        mkdirSync(folder, { recursive: true });
        const body = serialize(value);
        writeFileSync(scrap, Buffer.concat([Buffer.from(`${header}${sha256(body)}\n`, "latin1"), body]), {
          flag: "wx",
        });
        renameSync(scrap, fileOf(name));
        return true;
      });
      if (isDone !== true) attempt(() => rmSync(scrap, { force: true }));
    },
    keepNewest(prefix, count) {
      attempt(() => {
        const files = readdirSync(folder).filter((file) => file.startsWith(prefix) && file.endsWith(EXTENSION));
        const aged = files.map((file) => ({ file, age: statSync(join(folder, file)).mtimeMs }));
        for (const { file } of aged.toSorted((a, b) => b.age - a.age).slice(count)) rmSync(join(folder, file));
      });
    },
  };
}

function isOwn(name: string): boolean {
  return name.includes(EXTENSION);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Undefined where it fails: nobody needs to know that a cache didn't help. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
