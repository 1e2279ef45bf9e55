import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const APP = `import posthog from "posthog-js";
import { useTracking } from "react-tracking";
const send = (message) => posthog.capture(message.event, message);
export function App() {
  const { Track } = useTracking({ page: "home" }, { dispatch: send });
  return <Track><Button /></Track>;
}`;

describe("an SDK that hands its message to a function of the project", () => {
  sends(
    "sends what that function sends",
    {
      "src/app.tsx": APP,
      "src/button.tsx": `import { useTracking } from "react-tracking";
      export function Button() {
        const { trackEvent } = useTracking();
        return <button onClick={() => trackEvent({ event: "Clicked", size: 5 })} />;
      }`,
    },
    "track (forwarder) ? { … }",
    'track "Clicked" { event: "Clicked", size: 5 }',
  );
  sends(
    "from decorated methods and from the prop that components get, but not from a decorated class",
    {
      "src/app.jsx": `import posthog from "posthog-js";
      import track from "react-tracking";
      export const App = track({ app: "shop" }, { dispatch: (data) => posthog.capture(data.action) })(Inner);`,
      "src/button.jsx": `import track from "react-tracking";
      @track({ action: "Page" })
      export class Button extends Component {
        @track({ action: "Clicked" }) click() {}
        @track((props) => ({ action: "Hovered" })) hover() {}
        leave() { this.props.tracking.trackEvent({ action: "Left" }); }
      }`,
    },
    "track (forwarder) ?",
    'track "Clicked"',
    'track "Hovered"',
    'track "Left"',
  );
  sends(
    "names events by convention where no function takes them",
    `import { useTracking } from "react-tracking";
    export function useClick() {
      const { trackEvent } = useTracking();
      return () => trackEvent({ event: "Clicked", size: 5 });
    }`,
    'track "Clicked" { size: 5 }',
  );
});
