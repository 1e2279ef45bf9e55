import { extensionOf, nameOf } from "../util/posix-path.ts";
import { sourceExtensions } from "./extensions.ts";

const candidateExtensions = new Set(sourceExtensions);

/** Folders with what belongs to tests, at any depth. */
const testFolder =
  /(?:^|\/)(?:__(?:[a-z0-9]+[-_])*(?:tests?|specs?|mocks?|fixtures?|snapshots?|stories|e2e|integration|unit|testing|helpers?|utils?|data)(?:[-_][a-z0-9]+)*__|tests?|specs?|mocks?|fixtures|e2e|e2e-tests?|[^/]+-e2e|cypress|playwright|\.storybook)\//i;

/** Products have pages and components about tests: `components/http/test/Result.vue` is no test. */
const componentAboutTests =
  /(?:^|\/)(?:app|pages|routes|views|components|features|modules)\/(?:.*\/)?(?:tests?|specs?)\/[^/]+\.(?:vue|svelte|astro|[jt]sx)$/;

/** `cart.test.ts`, `cart.spec.tsx`, `cart.stories.tsx`, `cart.e2e.ts`, `cart.spec.db.ts`, `cart.cy.ts`, `cart.mock.ts`. */
const testFile =
  /\.(?:test|spec)(?:\.[^./]+)+$|\.(?:tests|unit|specs|stories|story|e2e|e2e-(?:spec|tests?)|cy|mocks?|fixtures?|bench)\.[^./]+$|^(?:jest|vitest|playwright|cypress)[.-](?:config|setup|teardown)\b|^setupTests\./i;

const foreignFolder = /(?:^|\/)(?:node_modules|bower_components|jspm_packages|third[-_]?party|\.yarn|\.pnpm-store)\//i;

/** Authored code lives in folders called `vendor` too (a marketplace has vendors); code copied in is plain JavaScript. */
const vendoredScript = /(?:^|\/)vendors?\/(?:.*\/)?[^/]+\.[mc]?js$/i;

const declarationFile = /\.d(?:\.[^./]+)?\.[mc]?ts$/;
const minifiedFile = /[.-]min\.[mc]?js$/;

/** True for a file whose extension says that tracking calls may be in it. */
export function isCandidate(path: string): boolean {
  return candidateExtensions.has(extensionOf(path));
}

/**
 * True for a file that is not the product's own code: tests, specs, stories, mocks, end-to-end suites and their
 * fixtures, declaration files, minified and vendored code. Output folders (`build`, `dist`) are not among them: git and
 * the content decide what is generated.
 */
export function isLeftOut(path: string): boolean {
  return leftOutAs(path) !== undefined;
}

/** What a file is that is not the product's own code: `a test, story or mock`; undefined for one that may be. */
export function leftOutAs(path: string): string | undefined {
  if ((testFolder.test(path) && !componentAboutTests.test(path)) || testFile.test(nameOf(path)))
    return "a test, story, mock or fixture";
  if (foreignFolder.test(path)) return "code of others";
  if (vendoredScript.test(path)) return "vendored code";
  if (declarationFile.test(path)) return "a declaration file";
  return minifiedFile.test(path) ? "minified code" : undefined;
}
