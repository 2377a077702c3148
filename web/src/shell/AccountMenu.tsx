import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { signOut } from "@/api/self";
import type { Self } from "@/api/types";
import { Menu } from "@/ui/Menu";

export function AccountMenu({ self }: { self: Self }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: "/sign-in" });
      queryClient.clear();
    },
  });

  return (
    <Menu
      label={`${initialsOf(self.name)}: account of ${self.name}`}
      sections={[
        {
          name: self.email ?? self.name,
          items: [
            { label: "Your account", onSelect: () => void navigate({ to: "/account" }) },
            { label: "Sign out", onSelect: () => leave.mutate() },
          ],
        },
      ]}
    >
      <span className="initials" aria-hidden="true">
        {initialsOf(self.name)}
      </span>
    </Menu>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0]);
  return letters.join("").toLocaleUpperCase();
}
