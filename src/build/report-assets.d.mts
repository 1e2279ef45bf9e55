/** What the HTML report runs in a browser, and how it looks; with the paths of all that went into it. */
export function buildReportAssets(): Promise<{
  readonly script: string;
  readonly style: string;
  readonly inputs: readonly string[];
}>;
