import { describe, expect, test } from "vitest";
import {
  isWholeRecord,
  personalKey,
  personalOrigin,
  personalPart,
  personalPlural,
} from "../../../src/engine/naming/personal-data.ts";

describe("what a key says", () => {
  test.each([
    ["email", "email"],
    ["viewerEmail", "email"],
    ["e-mail", "email"],
    ["Email Address", "email"],
    ["phone_number", "phone"],
    ["first_name", "name"],
    ["lastname", "name"],
    ["billingAddress", "address"],
    ["dateOfBirth", "birth"],
    ["client_ip", "ip"],
    ["ipAddress", "ip"],
    ["ssn", "document"],
    ["passport_number", "document"],
    ["password", "secret"],
    ["apiKey", "secret"],
    ["inviteLink", "secret"],
    ["resetToken", "secret"],
  ])("%s is personal", (key, kind) => expect(personalKey(key)).toBe(kind));

  test.each(
    (
      "emailCount email_id emailSent emailDomain hasEmail hashed_email email_sha256 is_email name fileName eventName zip " +
      "displayName tip ship relationship emailProvider passwordLength token tokens address walletAddress phoneVerified"
    ).split(" "),
  )("%s is not", (key) => expect(personalKey(key)).toBeUndefined());

  test("a name is a person's under a person only", () => {
    expect(personalKey("name", "currentUser")).toBe("name");
    expect(personalKey("name", "organization")).toBeUndefined();
  });

  test("a plural is told apart", () => {
    expect(personalPlural("emails")).toBe("email");
    expect(personalPlural("ips")).toBe("ip");
    expect(personalPlural("items")).toBeUndefined();
  });
});

describe("what an expression reads", () => {
  test.each([
    ["user.email", "email"],
    ["session?.user?.email!", "email"],
    ["(session.user as CustomUser).email", "email"],
    ["form.email.trim().toLowerCase()", "email"],
    ["String(user.phone)", "phone"],
    ["next-auth#User().email", "email"],
    ["$user?.name", "name"],
    ["req.ip", "ip"],
    ["invitation.email as string", "email"],
  ])("%s is personal", (origin, kind) => expect(personalOrigin(origin)).toBe(kind));

  test.each([
    "document.name",
    "emails.length",
    'email.split("@")[1]',
    "hash(user.email)",
    "zod#z.string().email()",
    "fetch",
    "!!user.email",
    "user.emailCount",
    "getDomain(email)",
  ])("%s is not", (origin) => expect(personalOrigin(origin)).toBeUndefined());

  test("a text is put together of what is personal", () => {
    expect(personalPart('user.firstName + " " + user.lastName')).toBe("name");
    expect(personalPart("`${sha256(user.email)}`")).toBeUndefined();
    expect(personalPart("`${document.name}.pdf`")).toBeUndefined();
  });

  test("a whole record", () => {
    expect(isWholeRecord("req.body")).toBe(true);
    expect(isWholeRecord("session.user")).toBe(true);
    expect(isWholeRecord("document.body")).toBe(false);
    expect(isWholeRecord("props")).toBe(false);
  });
});
