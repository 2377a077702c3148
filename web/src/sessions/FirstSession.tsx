import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import type { WorkspaceGrant } from "@/api/types";
import { CopyButton } from "@/ui/CopyButton";
import { Notice } from "@/ui/Notice";
import "./FirstSession.css";

/** Nothing has arrived yet: how to change that, for those who can. */
export function FirstSession({ workspace }: { workspace: string }) {
  const { data: self } = useSuspenseQuery(selfQuery);
  const grant = grantOf(self, workspace);
  return mayDo(grant, "keys.write") ? (
    <TwoWays workspace={workspace} />
  ) : (
    <Notice title="No session yet">
      <p>{waitingWords(grant)} They appear here as they come.</p>
    </Notice>
  );
}

function waitingWords(grant: WorkspaceGrant | undefined): string {
  if (grant?.role === "member") {
    return "Here you will read the sessions that your own keys send. An owner or admin makes them for you.";
  }
  return grant?.projects
    ? `You read the sessions of ${grant.projects.join(", ")}, and none has arrived.`
    : "You read every session of this workspace, and none has arrived.";
}

function TwoWays({ workspace }: { workspace: string }) {
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
          In the shell that starts Claude Code, with an{" "}
          <Link to="/w/$workspace/settings/keys" params={{ workspace }}>
            ingest key
          </Link>{" "}
          in place of <code>THE_KEY</code>:
        </p>
        <Lines text={telemetryLines(window.location.origin)} />
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
    "export OTEL_TRACES_EXPORTER=otlp",
    "export CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1",
    "export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
    `export OTEL_EXPORTER_OTLP_ENDPOINT=${origin}`,
    'export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer THE_KEY"',
    "# Content. Leave out what is not to be captured.",
    "export OTEL_LOG_USER_PROMPTS=1",
    "export OTEL_LOG_TOOL_DETAILS=1",
    "export OTEL_LOG_TOOL_CONTENT=1",
  ].join("\n");
}
