import { useNavigate } from "@tanstack/react-router";
import type { Self } from "@/api/types";
import { Menu } from "@/ui/Menu";

export function WorkspaceSwitcher({ self, workspace }: { self: Self; workspace: string }) {
  const navigate = useNavigate();
  if (self.workspaces.length < 2) {
    return (
      <span className="workspace-name workspace-single" title={`Workspace ${workspace}`}>
        {workspace}
      </span>
    );
  }
  return (
    <Menu
      label={`Workspace ${workspace}: switch`}
      align="start"
      sections={[
        {
          name: "Workspace",
          items: self.workspaces.map(({ name }) => ({
            label: name,
            checked: name === workspace,
            onSelect: () => void navigate({ to: "/w/$workspace/sessions", params: { workspace: name } }),
          })),
        },
      ]}
    >
      <span className="workspace-name">{workspace}</span>
      <span className="caret" aria-hidden="true" />
    </Menu>
  );
}
