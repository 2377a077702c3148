import type { ReactNode } from "react";
import { Wordmark } from "@/shell/Wordmark";
import { PageTitle } from "@/ui/PageTitle";
import "./Threshold.css";

/** The frame of the pages before one is signed in. */
export function Threshold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main id="content" tabIndex={-1} className="threshold">
      <PageTitle>{title}</PageTitle>
      <div className="threshold-body">
        <Wordmark />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
