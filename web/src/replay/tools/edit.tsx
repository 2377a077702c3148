import type { Tool } from "@/api/types";
import { Diff, DiffCounts } from "../diff/Diff";
import type { Hunk } from "../diff/patch";
import { editKind, hunksOfEdit, hunksOfNotebook, hunksOfWrite, writeKind } from "./changes";
import { Output } from "./Output";
import { textOf } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

export const edit: ToolView = {
  names: ["Edit", "MultiEdit"],
  summary: ({ input }) => textOf(input, "file_path"),
  aside: (tool) => <ChangeAside words={editKind(tool)} hunks={hunksOfEdit(tool)} />,
  needs: ["input", "result"],
  Body: (props) => <ChangeBody {...props} hunksOf={hunksOfEdit} />,
};

export const write: ToolView = {
  names: ["Write"],
  summary: ({ input }) => textOf(input, "file_path"),
  aside: (tool) => <ChangeAside words={writeKind(tool)} hunks={hunksOfWrite(tool)} />,
  needs: ["input", "result"],
  Body: (props) => <ChangeBody {...props} hunksOf={hunksOfWrite} />,
};

export const notebookEdit: ToolView = {
  names: ["NotebookEdit"],
  summary: ({ input }) => textOf(input, "notebook_path"),
  aside: ({ input }) =>
    [
      textOf(input, "edit_mode") ?? "replace",
      textOf(input, "cell_type") ?? "",
      "cell",
      textOf(input, "cell_id") ?? "",
    ]
      .filter((word) => word !== "")
      .join(" "),
  needs: ["input"],
  Body: (props) => <ChangeBody {...props} hunksOf={hunksOfNotebook} />,
};

/** `new file +12`. */
function ChangeAside({ words, hunks }: { words: string | undefined; hunks: readonly Hunk[] | undefined }) {
  return (
    <>
      {words} {hunks && <DiffCounts hunks={hunks} />}
    </>
  );
}

function ChangeBody({ hunksOf, ...props }: ToolBodyProps & { hunksOf: (tool: Tool) => Hunk[] | undefined }) {
  const { tool, open, onOpen } = props;
  const hunks = hunksOf(tool);
  if (!hunks) {
    return <Output {...props} />;
  }
  return (
    <div className="tool-output">
      <Diff hunks={hunks} open={open} onOpen={onOpen} />
    </div>
  );
}
