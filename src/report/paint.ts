import { Chalk, type ChalkInstance } from "chalk";

/** Colours by meaning, so that all output for people looks alike. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly file: (text: string) => string;
  /** Code in a sentence, without its backticks; they are added where there is no colour. */
  readonly code: (text: string) => string;
  /** Sentences: what stands in backticks is highlighted. */
  readonly prose: (text: string) => string;
}

export function createPaint(colour: boolean): Paint {
  const chalk: ChalkInstance = new Chalk({ level: colour ? 1 : 0 });
  return {
    error: chalk.red,
    warn: chalk.yellow,
    good: chalk.green,
    strong: chalk.bold,
    dim: chalk.dim,
    file: chalk.underline,
    code: (text) => (colour ? chalk.cyan(text) : `\`${text}\``),
    prose: (text) => text.replace(/`[^`\n]+`/g, (code) => chalk.cyan(code)),
  };
}
