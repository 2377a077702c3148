/** Sessions that are made for a test. */
import { Transcript } from "./transcript.ts";

export const HUGE = "00000000-0000-4000-8000-0000000a1000";
const TURNS = 55;
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
    made.text(`Part ${turn} done.\n\n- ${name} was the last step\n- \`nothing\` failed\n\nOn to the next one.`);
  } else if (step % 10 === 5) {
    made.thinking(`Thought ${name}.\nIt goes on over\nthree lines.`);
  } else if (step % 10 === 7) {
    made.text(`At ${name}: **so far** all is as expected. ${"A sentence of common length. ".repeat(step % 4)}`);
  } else {
    const lines = Array.from({ length: 1 + ((turn + step * 7) % 30) }, (_, line) => `${name}:${line} ${WORDS}`);
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
