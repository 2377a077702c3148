import { Visible } from "@/replay/text/Visible";

/** What a person typed: as it is, with its lines. */
export function Text({ text }: { text: string }) {
  return (
    <p className="typed-text" dir="auto">
      <Visible text={text} />
    </p>
  );
}
