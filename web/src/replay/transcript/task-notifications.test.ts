import { expect, it } from "vitest";
import { promptWords, taskNotifications } from "./task-notifications";

const DONE = `<task-notification>
<task-id>a80a</task-id>
<status>completed</status>
<summary>Agent "Check the numbers" finished</summary>
<result>24 rows, <b>no</b> wrong total.</result>
</task-notification>`;
const EVENT =
  "<task-notification><summary>Monitor: a line</summary><event>done 12</event></task-notification>";

it("reads one or several notifications", () => {
  expect(taskNotifications(DONE)).toEqual([
    {
      summary: 'Agent "Check the numbers" finished',
      status: "completed",
      event: undefined,
      result: "24 rows, <b>no</b> wrong total.",
    },
  ]);
  expect(taskNotifications(`${DONE}\n${EVENT}`)?.map((each) => each.event)).toEqual([undefined, "done 12"]);
});

it("reads as much as there is of a text that was cut", () => {
  expect(taskNotifications(DONE.slice(0, DONE.indexOf("he numbers")))?.[0]?.summary).toBe('Agent "Check t');
});

it("leaves alone what has anything beside notifications", () => {
  for (const text of ["", "Hello", `${DONE} and by the way`, `Look: ${DONE}`]) {
    expect(taskNotifications(text)).toBeUndefined();
  }
});

it("names a prompt in a list", () => {
  expect(promptWords("Find the cent.")).toBe("Find the cent.");
  expect(promptWords(`${DONE}${EVENT}`)).toBe('Agent "Check the numbers" finished · Monitor: a line');
  expect(promptWords("<task-notification><status>killed</status>")).toBe("Task killed");
});
