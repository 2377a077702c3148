import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { isApiError } from "@/api/error";
import { getSkillText, getSkillVersion } from "@/api/inventory";
import { queryKeys } from "@/api/keys";
import type { SkillFile, SkillVersionDetail } from "@/api/types";
import { quoteValue } from "@/filter/terms";
import { formatBytes, plural } from "@/format/count";
import { Fact, Facts, Id } from "@/replay/inspector/Facts";
import { chunksOf } from "@/replay/text/fold";
import { marked } from "@/replay/text/redactions";
import { Visible } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { NotFound } from "@/shell/NotFound";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { HASH_SHOWN, ranWords, STATES } from "./words";
import "@/replay/inspector/inspector.css";
import "@/replay/text/long-text.css";
import "./inventory.css";

const ROUTE = "/signed-in/w/$workspace/skills/$skill/$hash";

export function SkillVersionPage() {
  const { workspace, skill, hash } = useParams({ from: ROUTE });
  const { file } = useSearch({ from: ROUTE });
  const version = useQuery({
    queryKey: queryKeys.skillVersion(workspace, skill, hash),
    queryFn: ({ signal }) => getSkillVersion(workspace, skill, hash, signal),
  });
  if (isApiError(version.error, "not_found")) {
    return <NotFound />;
  }
  return (
    <div className="page page-narrow">
      <PageTitle>{`${visibleLine(skill, 80)} · ${workspace}`}</PageTitle>
      <p>
        <Link to="/w/$workspace/skills" params={{ workspace }}>
          Skills
        </Link>
      </p>
      <h1 className="inventory-title">
        <Visible text={visibleLine(skill, 200)} />
      </h1>
      {version.isError && (
        <ErrorNotice
          title="This version could not be loaded"
          error={version.error}
          onRetry={() => void version.refetch()}
        />
      )}
      {version.isPending && <Loading />}
      {version.data && (
        <>
          <Head workspace={workspace} version={version.data} />
          <Files workspace={workspace} version={version.data} chosen={file} />
        </>
      )}
    </div>
  );
}

function Head({ workspace, version }: { workspace: string; version: SkillVersionDetail }) {
  const { name, label, on, ran, states, first_seen_at, last_seen_at, last_ran_at } = version;
  const changed = states.some(({ state, sessions }) => state === "changed" && sessions > 0);
  return (
    <>
      {version.label_reused && (
        <p className="inventory-warning">
          Another version of this skill declares the label <code>{visibleLine(label ?? "", 60)}</code> too:
          the label does not tell which one ran.
        </p>
      )}
      {changed && <p className="inventory-warning">{STATES.changed.says}</p>}
      <div className="inventory-facts">
        <Facts>
          <Fact name="Folder's hash">
            <Id id={version.hash} />
          </Fact>
          <Fact name="Label">{label === null ? "none declared" : visibleLine(label, 120)}</Fact>
          <Fact name="From">
            {[...version.origins, ...(version.plugin === null ? [] : [version.plugin])]
              .map((word) => visibleLine(word, 60))
              .join(", ") || "unknown"}
          </Fact>
          <Fact name="Ran in">
            {ranWords(version)}
            {ran > 0 && (
              <>
                {" "}
                <Link
                  to="/w/$workspace/sessions"
                  params={{ workspace }}
                  search={{ filter: `skill:${quoteValue(name)}` }}
                >
                  Sessions that ran this skill
                </Link>
              </>
            )}
          </Fact>
          <Fact name="Last ran">{last_ran_at !== null && <Time at={last_ran_at} />}</Fact>
          <Fact name="First seen">{first_seen_at !== null && <Time at={first_seen_at} />}</Fact>
          <Fact name="Last seen">{last_seen_at !== null && <Time at={last_seen_at} />}</Fact>
          <Fact name="Machines">
            {on.map(({ id, name: called }) => visibleLine(called ?? id.slice(0, 8), 60)).join(", ")}
          </Fact>
        </Facts>
      </div>
    </>
  );
}

const CONTENT_WORDS: Record<SkillFile["content"], string> = {
  text: "text",
  binary: "no text",
  link: "a link",
  omitted: "too large to be sent",
};

function Files({
  workspace,
  version,
  chosen,
}: {
  workspace: string;
  version: SkillVersionDetail;
  chosen: string | undefined;
}) {
  const { name: skill, hash, listed } = version;
  if (listed === null) {
    return (
      <section className="inventory-group">
        <h2>Files</h2>
        <p className="quiet">No machine told the files of this version, or none that you may ask.</p>
      </section>
    );
  }
  const shown = chosen ?? listed.find(({ content }) => content === "text")?.path;
  return (
    <section className="inventory-group">
      <h2>{plural(listed.length, "file")}</h2>
      <Table
        caption="Files"
        heads={[
          { name: "File" },
          { name: "Size" },
          { name: "SHA-256", wide: true },
          { name: "Content", wide: true },
        ]}
      >
        {listed.map((file) => (
          <tr key={file.path}>
            <th scope="row" className="inventory-path">
              {file.content === "text" ? (
                <Link
                  to="/w/$workspace/skills/$skill/$hash"
                  params={{ workspace, skill, hash }}
                  search={{ file: file.path }}
                  aria-current={file.path === shown ? "true" : undefined}
                >
                  <Visible text={visibleLine(file.path, 300)} />
                </Link>
              ) : (
                <Visible text={visibleLine(file.path, 300)} />
              )}
            </th>
            <td className="mono">{formatBytes(file.size)}</td>
            <td className="table-wide" title={file.sha256 ?? undefined}>
              <code>{file.sha256?.slice(0, HASH_SHOWN)}</code>
            </td>
            <td className="table-wide">{CONTENT_WORDS[file.content]}</td>
          </tr>
        ))}
      </Table>
      {shown !== undefined && <FileText workspace={workspace} skill={skill} hash={hash} path={shown} />}
    </section>
  );
}

/** The text as it is: nothing of it is made of it. */
function FileText({
  workspace,
  skill,
  hash,
  path,
}: {
  workspace: string;
  skill: string;
  hash: string;
  path: string;
}) {
  const text = useQuery({
    queryKey: queryKeys.skillText(workspace, skill, hash, path),
    queryFn: ({ signal }) => getSkillText(workspace, skill, hash, path, signal),
  });
  const chunks = useMemo(
    () => (text.data ? chunksOf(marked(text.data.text, text.data.redactions)) : []),
    [text.data],
  );
  return (
    <article className="inventory-text" aria-label={visibleLine(path, 300)}>
      <h3 className="mono">
        <Visible text={visibleLine(path, 300)} />
      </h3>
      {text.isPending && <Loading />}
      {text.isError && (
        <ErrorNotice
          title="This file could not be loaded"
          error={text.error}
          onRetry={() => void text.refetch()}
        />
      )}
      {text.data?.text === "" && <p className="quiet">The file is empty.</p>}
      {chunks.map((chunk, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the chunks of a text do not move
        <pre key={place} className="long-text-piece">
          <Visible text={chunk} />
        </pre>
      ))}
    </article>
  );
}
