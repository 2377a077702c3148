import type { ReactNode } from "react";
import { LINK_REL, safeLink } from "./links";
import { Visible } from "./Visible";

/** A captured address: a link when it may be one, with its real target in sight; else its text. */
export function ExternalLink({ target, children }: { target: string; children?: ReactNode }) {
  const link = safeLink(target);
  if (!link) {
    return children === undefined ? (
      <Visible text={target} />
    ) : (
      <>
        {children} <span className="external-target">⟨{<Visible text={target} />}⟩</span>
      </>
    );
  }
  return (
    <>
      <a className="external-link" href={link.href} target="_blank" rel={LINK_REL}>
        {children ?? link.shown}
      </a>
      {children !== undefined && <span className="external-target"> {link.shown}</span>}
    </>
  );
}
