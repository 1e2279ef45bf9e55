import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const POSTHOG = 'import posthog from "posthog-js";\n';

describe("a caller reaches only the calls that its arguments allow", () => {
  sends(
    "by their type, as overloads tell them apart",
    `${POSTHOG}function track(event) {
      if (typeof event === "string") posthog.capture(event);
      else posthog.capture(event.name, event.props);
    }
    track("Signed Up");
    track({ name: "Logged In", props: { plan: "pro" } });`,
    "track (forwarder) ?",
    "track (forwarder) ? { … }",
    'track "Signed Up"',
    'track "Logged In" { plan: "pro" }',
  );
  sends(
    "by a case",
    `${POSTHOG}function send(to, name) {
      switch (to) {
        case "a":
          posthog.capture(name, { a: true });
          break;
        case "b":
          posthog.capture(name, { b: true });
      }
    }
    send("a", "For A");
    send("b", "For B");`,
    "track (forwarder) ? { a: true }",
    "track (forwarder) ? { b: true }",
    'track "For A"',
    'track "For B"',
  );
  sends(
    "by what they leave out",
    `${POSTHOG}function send(name, props) {
      if (!props) return;
      posthog.capture(name, props);
    }
    send("Sent", { a: 1 });
    send("Never Sent");`,
    "track (forwarder) ? { … }",
    'track "Sent" { a: 1 }',
  );
  sends(
    "but all of them where that isn't certain",
    `${POSTHOG}function send(name, props) {
      let isOn = props;
      isOn = read();
      if (isOn) posthog.capture(name, props);
      if (props.beta) posthog.capture(name + " Beta");
      if (name !== current()) posthog.capture(name + " Next");
    }
    send("Sent", given());`,
    "track (forwarder) ? { … }",
    "track (forwarder) `${} Beta`",
    "track (forwarder) `${} Next`",
    'track "Sent" | "Sent Beta" | "Sent Next"',
  );
});

describe("a function of the repository is called", () => {
  sends(
    "by call and apply, but not by bind",
    `${POSTHOG}function track(name, props) { posthog.capture(name, props); }
    track.call(null, "Called", { by: "call" });
    track.apply(null, ["Applied", { by: "apply" }]);
    const later = track.bind(null, "Bound");
    later({ by: "bind" });`,
    "track (forwarder) ? { … }",
    'track "Called" { by: "call" }',
    'track "Applied" { by: "apply" }',
    'track "Bound" { by: "bind" }',
  );
});
