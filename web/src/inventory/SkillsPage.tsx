import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { listSkills } from "@/api/inventory";
import { queryKeys } from "@/api/keys";
import type { SkillVersion } from "@/api/types";
import { quoteValue } from "@/filter/terms";
import { formatCount, plural } from "@/format/count";
import { Visible } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Loading } from "@/ui/Loading";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { Sought } from "./Sought";
import { HASH_SHOWN, ranWords, type SkillGroup, skillGroups } from "./words";
import "./inventory.css";

const HEADS = [
  { name: "Version" },
  { name: "Ran in" },
  { name: "From", wide: true },
  { name: "Machines", wide: true },
  { name: "First seen", wide: true },
  { name: "Last seen" },
];

export function SkillsPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/skills" });
  const [sought, setSought] = useState("");
  const list = useQuery({
    queryKey: queryKeys.skills(workspace),
    queryFn: ({ signal }) => listSkills(workspace, signal),
  });
  const groups = skillGroups(list.data?.items ?? [], sought);

  return (
    <div className="page page-narrow">
      <PageTitle>{`Skills · ${workspace}`}</PageTitle>
      <h1>Skills</h1>
      <p className="quiet inventory-intro">
        A version is a skill's name, the label that it declares, and a hash over the files of its folder, as
        capture clients saw them.
      </p>
      {list.isError && !list.data && (
        <ErrorNotice
          title="The skills could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Notice title="No skill yet">
          <p>Once a capture client tells of a session's skills, their versions stand here.</p>
        </Notice>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <Sought
            label="Find a skill"
            value={sought}
            onChange={setSought}
            found={plural(groups.length, "skill")}
          />
          {groups.map((group) => (
            <Group key={group.name} workspace={workspace} group={group} />
          ))}
        </>
      )}
    </div>
  );
}

function Group({ workspace, group }: { workspace: string; group: SkillGroup }) {
  const ran = group.versions.some((version) => version.ran > 0);
  return (
    <section className="inventory-group">
      <div className="inventory-head">
        <h2>
          <Visible text={visibleLine(group.name, 120)} />
        </h2>
        {ran && (
          <Link
            to="/w/$workspace/sessions"
            params={{ workspace }}
            search={{ filter: `skill:${quoteValue(group.name)}` }}
          >
            Sessions that ran it
          </Link>
        )}
      </div>
      <Table caption={`Versions of ${visibleLine(group.name, 120)}`} heads={HEADS}>
        {group.versions.map((version) => (
          <VersionRow key={version.hash} workspace={workspace} version={version} />
        ))}
      </Table>
    </section>
  );
}

function VersionRow({ workspace, version }: { workspace: string; version: SkillVersion }) {
  const { name, hash, label, origins, plugin, machines, first_seen_at, last_seen_at } = version;
  return (
    <tr>
      <th scope="row">
        <Link to="/w/$workspace/skills/$skill/$hash" params={{ workspace, skill: name, hash }}>
          <code>{hash.slice(0, HASH_SHOWN)}</code>
        </Link>
        <span className="table-note">
          {label === null ? "no label" : <Visible text={visibleLine(label, 60)} />}
          {version.label_reused && (
            <span className="inventory-flag" title="Another version of this skill declares the same label">
              label used twice
            </span>
          )}
        </span>
      </th>
      <td>{ranWords(version)}</td>
      <td className="table-wide">
        {origins.length === 0 ? (
          <span className="quiet">unknown</span>
        ) : (
          origins.map((of) => visibleLine(of, 20)).join(", ")
        )}
        {plugin !== null && <span className="table-note">{visibleLine(plugin, 60)}</span>}
      </td>
      <td className="mono table-wide">{formatCount(machines)}</td>
      <td className="table-wide">{first_seen_at !== null && <Time at={first_seen_at} />}</td>
      <td>{last_seen_at !== null && <Time at={last_seen_at} />}</td>
    </tr>
  );
}
