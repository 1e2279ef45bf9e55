import { describe, expect, test } from "vitest";
import { differencesOf, similarPairs } from "../../../src/engine/naming/similar-names.ts";

describe("two names are one", () => {
  test.each([
    ["Invite Accepted", "invite accepted", "case"],
    ["file.uploaded", "file_uploaded", "separators"],
    ["fileUploaded", "File Uploaded", "case separators"],
    ["step1", "step_1", "separators"],
    ["signup", "Sign Up", "case separators"],
    ["signup", "Signed Up", "separators tense"],
    ["Created Project", "Project Created", "order"],
    ["Clicked Sign Up", "Sign Up Clicked", "order"],
    ["click_create_policy", "click_policy_create", "order"],
    ["Send Report", "Report Sent", "tense order"],
    ["Plan Cancelled", "Plan Canceled", "tense"],
    ["copy_link", "copied_link", "tense"],
    ["drop_file", "dropped_file", "tense"],
    ["creates_team", "created_team", "tense"],
    ["Task Completed", "Tasks Completed", "plural"],
    ["Reply Sent", "Replies Sent", "plural"],
    ["Box Opened", "Boxes Opened", "plural"],
  ])("%s and %s", (first, second, differences) => {
    expect(differencesOf(first, second)?.join(" ")).toBe(differences);
    expect(differencesOf(second, first)).toBeDefined();
    expect(similarPairs([first, second])).toHaveLength(1);
  });
});

describe("two names are two", () => {
  test.each([
    ["Note Saved", "Not Saved"],
    ["Plan Changed", "Plane Changed"],
    ["Feed Shared", "Fee Shared"],
    ["News Read", "New Read"],
    ["User Invited Member", "Member Invited User"],
    ["Upgraded Free To Pro", "Upgraded Pro To Free"],
    ["Page Loading", "Page Loaded"],
    ["Step 1 2", "Step 12"],
    ["Project Created", "Project Deleted"],
    ["Project Created", "Projects"],
    ["", "…"],
  ])("%s and %s", (first, second) => {
    expect(similarPairs([first, second])).toEqual([]);
  });
});

test("names are compared once, and a name isn't compared with itself", () => {
  expect(similarPairs(["a b", "a b", "a_b", "A B"])).toHaveLength(3);
});

test("a name of many words is compared in bounded time", () => {
  const long = (separator: string) => Array.from({ length: 30 }, () => "copies").join(separator);
  expect(similarPairs([long(" "), long("_")])).toHaveLength(1);
});
