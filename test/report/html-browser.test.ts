import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildReportAssets } from "../../src/build/report-assets.mjs";
import { eventAddress, listAddress } from "../../src/report/html/browser/address.ts";
import { htmlReport } from "../../src/report/html.ts";
import type { WholeReport } from "../../src/report/types.ts";
import { canonicalReport } from "./canonical-report.ts";
import { HOSTILE, hostileReport, largeReport } from "./html-reports.ts";

const executablePath = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
].find((path) => path !== "" && existsSync(path));

// On a developer's machine without Chromium the rest still runs; in CI it must be there.
const isSkipped = executablePath === undefined && process.env.CI === undefined;
const note = isSkipped ? " (skipped: no Chromium; install it, or name one with CHROMIUM=/path)" : "";

describe.skipIf(isSkipped)(`the HTML report in Chromium${note}`, () => {
  let folder: string;
  let browser: Browser;
  let assets: Awaited<ReturnType<typeof buildReportAssets>>;
  const files = new Map<WholeReport, string>();
  const hostile = hostileReport();
  const large = largeReport();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "tracklint-html-"));
    assets = await buildReportAssets();
    browser = await chromium.launch({ executablePath: executablePath ?? "chromium", args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a report from disk, and says all that the browser complained of and asked for. */
  async function open(
    report: WholeReport,
    address = "#/",
    options: { colorScheme?: "light" | "dark"; width?: number } = {},
  ) {
    let url = files.get(report);
    if (url === undefined) {
      const path = join(folder, `report-${files.size}.html`);
      writeFileSync(path, htmlReport(report, assets, "1.0.0"));
      url = pathToFileURL(path).href;
      files.set(report, url);
    }
    const { colorScheme = "light", width = 1280 } = options;
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(url)) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(url + address);
    await page.locator("h1").waitFor();
    return { page, complaints };
  }

  /** Goes to an address as a link does. A page that is made anew has another heading. */
  async function goTo(page: Page, address: string): Promise<void> {
    await page.evaluate(`document.querySelector("h1").dataset.old = ""; location.hash = ${JSON.stringify(address)}`);
    await page.locator("h1:not([data-old])").waitFor();
  }
  /** Where the page is, as it can be handed on. */
  const hashOf = (page: Page) => new URL(page.url()).hash;
  const statusOf = (page: Page) => page.getByRole("status").textContent();
  const focused = (page: Page) =>
    page.evaluate<string>("`${document.activeElement.tagName} ${document.activeElement.textContent}`.trim()");

  describe("what comes from a codebase", () => {
    const addresses = [
      "#/findings",
      "#/",
      "#/findings?group=owner",
      "#/findings?state=suppressed",
      "#/events",
      ...HOSTILE.map((_, index) => `#/finding/f${index}`),
      ...HOSTILE.map((name) => eventAddress({ kind: "track", name })),
      ...HOSTILE.map((q) => listAddress("findings", { q, rule: q, source: q, owner: q })),
    ];

    test("is text on every page, and nothing of it runs, is loaded, or is refused for trying", async () => {
      const { page, complaints } = await open(hostile);
      for (const address of addresses) {
        await goTo(page, address);
        // In one go: there are many addresses.
        const seen = await page.evaluate<Record<"heading" | "strange" | "scripts" | "links", unknown>>(`({
          heading: document.querySelector("h1").textContent,
          strange: document.querySelectorAll("img, iframe, object, embed, [onerror], [onload], [onfocus]").length,
          scripts: document.scripts.length,
          links: [...document.querySelectorAll("a[href]")]
            .map((one) => one.getAttribute("href"))
            .filter((href) => !/^(#|https:)/.test(href)),
        })`);
        expect(seen, address).toMatchObject({ strange: 0, scripts: 2, links: [] });
        expect(seen.heading, address).not.toBe("Not in this report");
      }
      expect(await page.evaluate("window.hacked")).toBeUndefined();
      expect(complaints).toEqual([]);
      await page.close();
    });

    test("is shown as it is, and what would reorder it is made visible", async () => {
      const { page } = await open(hostile, eventAddress({ kind: "track", name: HOSTILE[0]! }));
      expect(await page.locator("h1 .event-name").textContent()).toBe(HOSTILE[0]);
      await page.goto(page.url().replace(/#.*/, "#/events"));
      expect(await page.locator("tbody").textContent()).not.toMatch(/[\u202a-\u202e]/);
      await page.close();
    });

    test("could not run even if it became markup", async () => {
      const { page } = await open(hostile);
      const refused = (code: string) =>
        page.evaluate<string>(`(() => { try { ${code} } catch (error) { return error.name; } return "nothing"; })()`);
      expect(await refused("document.body.innerHTML = '<img src=x onerror=window.hacked=1>'")).toBe("TypeError");
      expect(
        await refused(
          "const s = document.createElement('script'); s.textContent = 'window.hacked=1'; document.body.append(s)",
        ),
      ).toBe("TypeError");
      await page.evaluate("document.body.setAttribute('onclick', 'window.hacked=1')").catch(String);
      await page.locator("h1").click();
      expect(await page.evaluate("window.hacked")).toBeUndefined();
      await page.close();
    });
  });

  test("filters narrow the findings, stand in the address, and are cleared", async () => {
    const { page, complaints } = await open(large, "#/findings");
    expect(await statusOf(page)).toBe("2,000 findings");
    await page.getByRole("combobox", { name: "Rule", exact: true }).selectOption("property-type");
    await page.getByRole("combobox", { name: "Severity", exact: true }).selectOption("error");
    expect(await statusOf(page)).toBe("100 of 2,000 findings");
    await page.getByRole("combobox", { name: "Owner", exact: true }).selectOption("growth");
    expect(await statusOf(page)).toBe("100 of 2,000 findings");
    await page.getByRole("combobox", { name: "Source", exact: true }).selectOption("web");
    const status = await statusOf(page);
    expect(status).toMatch(/^3[34] of/);
    expect(hashOf(page)).toBe("#/findings?rule=property-type&severity=error&source=web&owner=growth");
    await page.reload();
    expect(await statusOf(page)).toBe(status);
    expect(await page.getByRole("combobox", { name: "Rule", exact: true }).inputValue()).toBe("property-type");
    await page.getByRole("button", { name: "Clear filters" }).click();
    expect(await statusOf(page)).toBe("2,000 findings");
    expect(hashOf(page)).toBe("#/findings");
    await page.getByRole("combobox", { name: "Group by", exact: true }).selectOption("source");
    expect(await page.locator("h2").allTextContents()).toEqual([
      expect.stringMatching(/^\w+ \d+ errors\d+ warnings$/),
      expect.anything(),
      expect.anything(),
    ]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("the search finds each word, wherever it stands, and says when nothing is left", async () => {
    const { page } = await open(canonicalReport, "#/findings");
    await page.getByLabel("Search").fill("checkout did");
    expect(await statusOf(page)).toBe("1 of 2 findings");
    expect(await page.locator(".row .title").allTextContents()).toEqual([
      "The event Order Complete is not in the tracking plan.",
    ]);
    await page.getByLabel("Search").fill("nothing like that");
    expect(await page.locator(".empty").textContent()).toBe("No finding is like that.");
    await page.goto(page.url().replace(/#.*/, "#/events?q=order_done"));
    expect(await page.locator("tbody th").allTextContents()).toEqual(["Order Completednot sent"]);
    await page.close();
  });

  test("long lists open with their first rows, and have the others when asked", async () => {
    const { page } = await open(large, "#/findings?rule=property-type");
    expect(await page.locator("li.row").count()).toBe(100);
    await page.getByRole("button", { name: "Show 300 more of 300" }).click();
    expect(await page.locator("li.row").count()).toBe(400);
    await page.close();
  });

  test("links lead straight to a finding, an event, and to what is no more", async () => {
    const { page, complaints } = await open(canonicalReport, "#/finding/unknown-event-0");
    expect(await page.locator("h1").textContent()).toContain("Order Complete is not in the tracking plan");
    expect(await page.locator("pre mark").first().textContent()).toBe('"Order Complete"');
    await page.getByRole("link", { name: "Order Complete", exact: true }).click();
    expect(hashOf(page)).toBe("#/event/track/Order%20Complete");
    expect(await page.getByRole("heading", { name: "Call sites 1" }).count()).toBe(1);
    expect(await page.locator(".calls").textContent()).toContain("consent.analytics");
    await page.goBack();
    expect(await page.locator("h1").textContent()).toContain("is not in the tracking plan");
    await page.goto(page.url().replace(/#.*/, "#/finding/gone"));
    expect(await page.locator("h1").textContent()).toBe("Not in this report");
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("the charts lead to what they count", async () => {
    const { page } = await open(large);
    await page.getByRole("link", { name: "growth: 500 errors, 500 warnings" }).click();
    expect(hashOf(page)).toBe("#/findings?owner=growth");
    expect(await statusOf(page)).toBe("1,000 of 2,000 findings");
    await page.close();
  });

  test("the keyboard alone is enough, and where it is can be seen", async () => {
    const { page } = await open(canonicalReport, "#/findings");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("A Skip to the content");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("H1 Findings");
    await page.keyboard.press("/");
    await page.keyboard.type("order");
    expect(await statusOf(page)).toBe("2 findings");
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    expect(await focused(page)).toContain("A The event Order Complete");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
    await page.keyboard.press("Enter");
    await page.locator("h1:focus").waitFor();
    expect(hashOf(page)).toBe("#/finding/unknown-event-0");
    await page.goto(page.url().replace(/#.*/, "#/"));
    await page.keyboard.press("/");
    await page.locator("#q:focus").waitFor();
    // Every stop on the way through a page is one that has a name and can be seen.
    for (const address of ["#/", "#/findings", "#/events"]) {
      await goTo(page, address);
      for (let stop = 0; stop < 12; stop += 1) {
        await page.keyboard.press("Tab");
        const stopped = await page.evaluate<{ name: string; outline: string } | null>(`(() => {
          const at = document.activeElement;
          if (at === document.body) return null;
          const name = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
          const shape = at.querySelector("rect.row");
          const style = getComputedStyle(shape ?? at);
          return { name, outline: shape ? style.strokeWidth : style.outlineStyle };
        })()`);
        // Past the last one the browser itself has the focus.
        if (stopped === null) break;
        expect(stopped.name, address).not.toBe("");
        expect(stopped.outline, `${address} ${stopped.name}`).toMatch(/solid|2px|auto/);
      }
    }
    await page.close();
  });

  test("each page has its landmarks, one first heading, and names for all fields and pictures", async () => {
    const { page } = await open(canonicalReport);
    for (const address of [
      "#/",
      "#/findings",
      "#/events",
      "#/finding/unknown-event-0",
      "#/event/track/Order%20Completed",
    ]) {
      await page.goto(page.url().replace(/#.*/, address));
      for (const role of ["banner", "navigation", "main", "contentinfo"] as const) {
        expect(await page.getByRole(role).count(), `${address} ${role}`).toBe(1);
      }
      expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
      expect(await page.title()).toMatch(/.+ · Tracking report$/);
      const nameless = await page.evaluate<
        string[]
      >(`[...document.querySelectorAll("input, select, button, a, [role=img], [role=region], section")]
        .filter((one) => !(one.labels?.length || one.getAttribute("aria-label") || one.getAttribute("aria-labelledby") || one.textContent.trim()))
        .map((one) => one.outerHTML)`);
      expect(nameless, address).toEqual([]);
      const ids = await page.locator("[id]").evaluateAll((all) => all.map((one) => one.id));
      expect(new Set(ids).size).toBe(ids.length);
    }
    await page.close();
  });

  test("it is light or dark as the system is, or as chosen", async () => {
    const background = (page: Page) => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const { page: light } = await open(canonicalReport, "#/", { colorScheme: "light" });
    const { page: dark } = await open(canonicalReport, "#/", { colorScheme: "dark" });
    const [bright, dim] = [await background(light), await background(dark)];
    expect(bright).not.toBe(dim);
    await dark.getByRole("combobox", { name: "Colours", exact: true }).selectOption("light");
    expect(await background(dark)).toBe(bright);
    await dark.reload();
    expect(await background(dark)).toBe(bright);
    await dark.getByRole("combobox", { name: "Colours", exact: true }).selectOption("auto");
    expect(await background(dark)).toBe(dim);
    await light.close();
    await dark.close();
  });

  test("narrow windows scroll down only", async () => {
    for (const [report, addresses] of [
      [
        hostile,
        ["#/", "#/findings", "#/events", eventAddress({ kind: "track", name: HOSTILE.at(-1)! }), "#/finding/f11"],
      ],
      [canonicalReport, ["#/", "#/findings", "#/event/track/Order%20Completed"]],
    ] as const) {
      for (const address of addresses) {
        const { page } = await open(report, address, { width: 360 });
        expect(await page.evaluate("document.documentElement.scrollWidth"), address).toBeLessThanOrEqual(360);
        await page.close();
      }
    }
  });
});
