/** Sessions that are made for a test. */
import { Transcript } from "./transcript.ts";

export const HUGE = "00000000-0000-4000-8000-0000000a1000";
const TURNS = 56;
const STEPS_OF_TURN = 100;

/** Ten thousand steps, of several kinds and heights; the half of them are the requests that the others came out of. */
export function hugeSession(session = HUGE): Transcript {
  const made = new Transcript(session);
  for (let turn = 1; turn <= TURNS; turn++) {
    made.prompt(`Turn ${turn}: look through the next part.`);
    for (let step = 1; step < STEPS_OF_TURN; step++) {
      addStep(made, turn, step);
    }
  }
  return made;
}

function addStep(made: Transcript, turn: number, step: number) {
  const name = `${turn}.${step}`;
  if (step === STEPS_OF_TURN - 1) {
    made.text(
      `Part ${turn} done.\n\n- ${name} was the last step\n- \`nothing\` failed\n\nOn to the next one.`,
    );
  } else if (step % 10 === 5) {
    made.thinking(`Thought ${name}.\nIt goes on over\nthree lines.`);
  } else if (step % 10 === 7) {
    made.text(
      `At ${name}: **so far** all is as expected. ${"A sentence of common length. ".repeat(step % 4)}`,
    );
  } else {
    const lines = Array.from(
      { length: 1 + ((turn + step * 7) % 30) },
      (_, line) => `${name}:${line} ${WORDS}`,
    );
    const stdout = lines.join("\n");
    made.call({
      name: "Bash",
      input: { command: `sed -n ${step}p part-${turn}.txt`, description: `Read line ${step}` },
      output: stdout,
      result: { stdout, stderr: "", interrupted: false },
    });
  }
}

const WORDS = "the function returns a value when the file can be read";

export const LONG = "00000000-0000-4000-8000-0000000a2000";
export const CUT_TEXT_LINES = 3_000;
export const FOLDED_OUTPUT_LINES = 60;

/** Texts that are folded, cut, or one endless line. */
export function longSession(session = LONG): Transcript {
  const lines = (name: string, count: number) =>
    Array.from({ length: count }, (_, line) => `${name} line ${line + 1} of ${count}`).join("\n");
  const bash = (command: string, output: string) => ({
    name: "Bash",
    input: { command, description: "Print something long" },
    output,
    result: { stdout: output, stderr: "", interrupted: false },
  });
  return new Transcript(session)
    .prompt("Print some long things.")
    .thinking("The first line of the thought.\nThe second line of the thought.")
    .call(bash("seq 60", lines("folded", FOLDED_OUTPUT_LINES)))
    .call({ name: "Bash", input: { command: "seq 70000" }, output: lines("endless", 70_000) })
    .call(bash("cat page.html", "<!doctype html><title>x</title><script>window.__pwned=1</script>"))
    .call(bash("tr 0 1", "1".repeat(300_000)))
    .text(lines("cut", CUT_TEXT_LINES));
}
