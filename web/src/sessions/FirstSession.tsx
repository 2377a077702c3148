import { CopyButton } from "@/ui/CopyButton";
import "./FirstSession.css";

/** Nothing has arrived yet: the two ways to change that. */
export function FirstSession() {
  const lines = telemetryLines(window.location.origin);
  return (
    <section className="first-session">
      <h2>No session yet</h2>
      <p>
        Sessions come from two sides, in any order. What belongs to one session becomes one, whichever came
        first.
      </p>
      <div className="first-session-way">
        <h3>Bring what is already there</h3>
        <p className="quiet">
          On the machine where Argus runs, import the transcripts that Claude Code keeps:
        </p>
        <Lines text={"argus import ~/.claude/projects/"} />
      </div>
      <div className="first-session-way">
        <h3>Send telemetry as it happens</h3>
        <p className="quiet">
          In the shell that starts Claude Code. The key is an ingest key, made under Settings or with{" "}
          <code>argus key create</code>.
        </p>
        <Lines text={lines} />
      </div>
    </section>
  );
}

function Lines({ text }: { text: string }) {
  return (
    <div className="first-session-lines">
      <pre>{text}</pre>
      <CopyButton text={text} />
    </div>
  );
}

function telemetryLines(origin: string): string {
  return [
    "export CLAUDE_CODE_ENABLE_TELEMETRY=1",
    "export OTEL_LOGS_EXPORTER=otlp",
    "export OTEL_METRICS_EXPORTER=otlp",
    "export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
    `export OTEL_EXPORTER_OTLP_ENDPOINT=${origin}`,
    'export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer THE_KEY"',
    "# content; leave out what is not to be captured",
    "export OTEL_LOG_USER_PROMPTS=1",
    "export OTEL_LOG_TOOL_DETAILS=1",
    "export OTEL_LOG_TOOL_CONTENT=1",
  ].join("\n");
}
