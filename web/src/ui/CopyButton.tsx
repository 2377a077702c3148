import { useEffect, useState } from "react";
import { Button } from "./Button";

/** Copies a text and says so. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [said, setSaid] = useState<string>();

  useEffect(() => {
    if (said === undefined) {
      return;
    }
    const timer = setTimeout(() => setSaid(undefined), 2000);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied");
    } catch {
      // Browsers refuse it on pages that are not secure.
      setSaid("Select and copy by hand");
    }
  }

  return (
    <Button onClick={copy} aria-live="polite">
      {said ?? label}
    </Button>
  );
}
