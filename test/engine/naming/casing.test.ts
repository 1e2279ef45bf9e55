import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CASINGS, casingsOf, fitsCasing, recase } from "../../../src/engine/naming/casing.ts";
import { normaliseName, splitParts } from "../../../src/engine/naming/words.ts";

describe("a name", () => {
  test.each<[string, readonly string[]]>([
    ["folder_updated", ["snake_case"]],
    ["folder-updated", ["kebab-case", "lower case"]],
    ["FOLDER_UPDATED", ["SCREAMING_SNAKE_CASE"]],
    ["folderUpdated", ["camelCase"]],
    ["FolderUpdated", ["PascalCase"]],
    ["Folder Updated", ["Title Case"]],
    ["Folder updated", ["Sentence case"]],
    ["folder updated", ["lower case"]],
    ["GitHub Connected", ["Title Case"]],
    ["addItem", ["camelCase"]],
    ["Role of the Member Changed", ["Title Case"]],
    ["2FA Enabled", ["Title Case"]],
    ["LOGIN CLICKED", []],
    ["click_create_API key", []],
    ["Dataroom folder Removed", []],
    ["login", ["snake_case", "kebab-case", "camelCase", "lower case"]],
    ["Upgraded", ["PascalCase", "Title Case", "Sentence case"]],
    ["SSO", ["SCREAMING_SNAKE_CASE", "PascalCase", "Title Case", "Sentence case", "lower case"]],
    ["Größe Geändert", ["Title Case"]],
  ])("%s can be read as %j", (name, casings) => {
    expect(casingsOf(name)).toEqual(casings);
  });

  test("in letters without case fits every casing that has no spaces between its words", () => {
    expect(casingsOf("注文完了")).toEqual(CASINGS);
  });

  test("with unknown parts fits where they can be filled so", () => {
    expect(fitsCasing(["click_", null, "_opened"], "snake_case")).toBe(true);
    expect(fitsCasing(["open", null], "camelCase")).toBe(true);
    expect(fitsCasing(["Viewed ", null], "snake_case")).toBe(false);
    expect(fitsCasing([null, " ", null], "Title Case")).toBe(true);
  });
});

describe("respelling", () => {
  test.each([
    ["folder_updated", "Title Case", "Folder Updated"],
    ["[auth] - log_in", "Title Case", "[Auth] - Log In"],
    ["Page visit - [WEB]", "Title Case", "Page Visit - [WEB]"],
    ["Generated Index File by visitor", "Title Case", "Generated Index File by Visitor"],
    ['Discover "activity feed"', "Title Case", 'Discover "Activity Feed"'],
    ["HOPP_CREATE_TEAM", "Sentence case", "Hopp create team"],
    ["userSignedUp", "snake_case", "user_signed_up"],
    ["Folder Updated", "PascalCase", "FolderUpdated"],
    ["a: a", "Title Case", "A: A"],
  ] as const)("%s in %s is %s", (name, casing, expected) => {
    expect(recase(name, casing)).toBe(expected);
  });

  test("always gives a name that fits, of the same words", () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    const name = fc.tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.constantFrom("_", "-", " "));
    fc.assert(
      fc.property(name, fc.constantFrom(...CASINGS), ([words, joint], casing) => {
        const text = words.join(joint);
        const respelled = recase(text, casing);
        expect(fitsCasing(respelled, casing)).toBe(true);
        expect(normaliseName(respelled)).toBe(normaliseName(text));
      }),
    );
  });
});

describe("parts", () => {
  test.each([
    ["[Layout] - Set default layout", ["Layout", "Set default layout"]],
    ["Mark all as read- [Notification Center]", ["Mark all as read", "Notification Center"]],
    ["build cli: start", ["build cli", "start"]],
    ["workspace.created", ["workspace", "created"]],
    ["Node.js Selected", ["Node.js Selected"]],
    ["user/signed_up", ["user", "signed_up"]],
  ])("of %s are %j", (name, parts) => {
    expect(splitParts(name)).toEqual(parts);
  });

  test("are those of the plan's separators where it has some", () => {
    expect(splitParts("auth.login: done", [": "])).toEqual(["auth.login", "done"]);
  });
});
