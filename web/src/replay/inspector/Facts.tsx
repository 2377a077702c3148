import type { ReactNode } from "react";
import { CopyButton } from "@/ui/CopyButton";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";

/** A list of named facts; those without a value are left out. */
export function Facts({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="facts">
      {title && <h3 className="facts-title">{title}</h3>}
      <dl>{children}</dl>
    </section>
  );
}

export function Fact({
  name,
  children,
  why,
}: {
  name: string;
  children: ReactNode;
  why?: string | undefined;
}) {
  if (children === null || children === undefined || children === "" || children === false) {
    return null;
  }
  return (
    <div className="fact" title={why}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const ID_MAX = 200;

/** An id, whole, with a button that copies it as it is. */
export function Id({ id }: { id: string }) {
  return (
    <span className="fact-id">
      <code>
        <Visible text={visibleLine(id, ID_MAX)} />
      </code>
      <CopyButton text={id} />
    </span>
  );
}
