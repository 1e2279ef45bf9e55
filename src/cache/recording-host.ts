import { type Host, HostError } from "../host/host.ts";
import { digestOf } from "./digest.ts";
import type { KnownTexts } from "./known-texts.ts";

/** All that a run asked of its host, and what it was answered: equal answers, equal results. */
export interface HostAnswers {
  /** Digests of texts that were read, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Digests of texts that were not read, but asked about. */
  readonly asked: ReadonlyMap<string, string>;
  /** Other answers, by question and path. */
  readonly others: ReadonlyMap<string, string>;
}

/** What is asked beside texts; `list` is asked as `entries`. */
const QUESTIONS = {
  files: (host: Host) => digestOf((host.gitFiles() ?? [""]).join("\0")),
  file: (host: Host, path: string) => String(host.isFile(path)),
  folder: (host: Host, path: string) => String(host.isDirectory(path)),
  real: (host: Host, path: string) => `${host.realPath(path)}`,
  entries: (host: Host, path: string) =>
    digestOf(
      host
        .entries(path)
        .map(({ name, kind }) => `${kind} ${name}`)
        .join("\0"),
    ),
};
type Question = keyof typeof QUESTIONS;

/** Notes what is asked of a host. */
export interface Recorder {
  readonly host: Host;
  /** The digest of a text; what rests on it has the text read. */
  digestOf(path: string): string;
  /** The digest of a text about which something is asked. */
  asks(path: string): string;
  /** Such a text. @throws HostError where it can't be read */
  askedText(path: string): string | undefined;
  answers(): HostAnswers;
}

export function recordingHost(host: Host, texts: KnownTexts): Recorder {
  const read = new Set<string>();
  const asked = new Set<string>();
  const others = new Map<string, string>();
  const note = (question: Question, path = "") => {
    const key = `${question} ${path}`;
    if (!others.has(key)) others.set(key, answerOf(host, key));
  };
  const digestOf = (path: string) => {
    read.add(path);
    return texts.digestOf(path);
  };
  const recording: Host = {
    root: host.root,
    stamp: host.stamp,
    readText(path) {
      // The mark first: what is written while it is read has another one then.
      digestOf(path);
      return host.readText(path);
    },
    isFile(path) {
      note("file", path);
      return host.isFile(path);
    },
    isDirectory(path) {
      note("folder", path);
      return host.isDirectory(path);
    },
    realPath(path) {
      note("real", path);
      return host.realPath(path);
    },
    entries(path) {
      note("entries", path);
      return host.entries(path);
    },
    list(path) {
      note("entries", path);
      return host.list(path);
    },
    gitFiles() {
      note("files");
      return host.gitFiles();
    },
  };
  const digests = (paths: Iterable<string>) => new Map([...paths].map((path) => [path, texts.digestOf(path)]));
  return {
    host: recording,
    digestOf,
    asks(path) {
      asked.add(path);
      return texts.digestOf(path);
    },
    askedText: (path) => host.readText(path),
    answers: () => ({
      texts: digests(read),
      asked: digests([...asked].filter((path) => !read.has(path))),
      others,
    }),
  };
}

/** Whether a host would answer today as it did, but for the texts that were only asked about. */
export function answersAlike(host: Host, texts: KnownTexts, before: HostAnswers): boolean {
  for (const [key, answer] of before.others) if (answerOf(host, key) !== answer) return false;
  for (const [path, digest] of before.texts) if (texts.digestOf(path) !== digest) return false;
  return true;
}

function answerOf(host: Host, key: string): string {
  const space = key.indexOf(" ");
  const question = QUESTIONS[key.slice(0, space) as Question];
  try {
    return question(host, key.slice(space + 1));
  } catch (error) {
    if (error instanceof HostError) return `unreadable: ${error.message}`;
    throw error;
  }
}
