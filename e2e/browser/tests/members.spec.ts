import { expect, test } from "../harness/fixture.ts";
import { openList, row, sessionPath } from "../harness/pages.ts";
import { NOBODY, PASSWORD } from "../harness/people.ts";
import { OVERLOADED, TOOLS } from "../harness/sessions.ts";

const MEMBERS = "/w/default/settings/members";

test("someone is invited, comes, sees their project only, and is removed", async ({
  page,
  open,
  watched,
}) => {
  await page.goto(MEMBERS);
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill("reader@example.com");
  await dialog.getByLabel("Role").selectOption("viewer");
  await dialog.getByLabel("Projects").fill("other");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByLabel("Link of the invitation").inputValue();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  const invitations = page.getByRole("table", { name: "Open invitations" });
  await expect(invitations.getByRole("row", { name: /reader@example\.com.*viewer.*other/ })).toBeVisible();

  const reader = await open({ storageState: NOBODY });
  await reader.goto(link);
  await expect(reader.getByRole("heading", { name: "You are invited" })).toBeVisible();
  await expect(reader.getByLabel("E-mail")).toHaveValue("reader@example.com");
  await expect(reader.getByLabel("E-mail")).not.toBeEditable();
  await reader.getByLabel("Your name").fill("Reader");
  await reader.getByLabel("Password").fill(PASSWORD);
  await reader.getByRole("button", { name: "Accept" }).click();

  await expect(row(reader, OVERLOADED)).toBeVisible();
  await expect(row(reader, TOOLS)).toBeHidden();
  await expect(reader.getByRole("link", { name: "Settings" })).toBeHidden();
  watched.allowed.add(404).add(403);
  await reader.goto(sessionPath(TOOLS));
  await expect(reader.getByText("No such session")).toBeVisible();
  await reader.goto(MEMBERS);
  await expect(reader.getByRole("button", { name: "Invite" })).toBeHidden();
  await expect(reader.locator("body")).not.toContainText("owner@example.com");
  const workspace = "/api/v1/workspaces/default";
  for (const [path, status] of [
    [`${workspace}/sessions/${TOOLS}`, 404],
    [`${workspace}/sessions/${TOOLS}/steps`, 404],
    [`${workspace}/members`, 403],
    [`${workspace}/keys`, 403],
    [`${workspace}/sessions/${OVERLOADED}`, 200],
  ] as const) {
    // Asked by the page, so that it goes with the reader's own sign-in.
    expect(await reader.evaluate(async (path) => (await fetch(path)).status, path), path).toBe(status);
  }

  await page.reload();
  await expect(page.getByRole("row", { name: /Reader.*reader@example\.com.*viewer.*other/ })).toBeVisible();
  await expect(invitations).toBeHidden();

  await page.getByRole("button", { name: "Change Reader" }).click();
  await page.getByRole("dialog").getByLabel("Projects").fill("demo");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row", { name: /Reader.*viewer.*demo/ })).toBeVisible();
  await openList(reader);
  await expect(row(reader, TOOLS)).toBeVisible();
  await expect(row(reader, OVERLOADED)).toBeHidden();

  await page.getByRole("button", { name: "Remove Reader" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("row", { name: /Reader/ })).toBeHidden();
  await reader.reload();
  await expect(reader.getByText(/member of no workspace|Nothing here/)).toBeVisible();
});

test("an invitation that is withdrawn lets nobody in", async ({ page, open, watched }) => {
  await page.goto(MEMBERS);
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("dialog").getByLabel("E-mail").fill("late@example.com");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Link of the invitation").inputValue();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Withdraw the invitation of late@example.com" }).click();
  await expect(page.getByRole("row", { name: /late@example\.com/ })).toBeHidden();

  watched.allowed.add(404);
  const late = await open({ storageState: NOBODY });
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This link no longer holds" })).toBeVisible();
});

test("the only owner cannot leave", async ({ page, watched }) => {
  watched.allowed.add(400);
  await page.goto(MEMBERS);
  await page.getByRole("button", { name: "Remove Owner" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(/owner/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("row", { name: /Owner.*owner@example\.com/ })).toBeVisible();
});

test("an auditor sees members and keys, and may change neither", async ({ library, open }) => {
  const auditor = await library.owner.invite("Auditor", { role: "auditor", projects: null });
  const page = await open({ storageState: auditor.state });
  await page.goto(MEMBERS);
  await expect(page.getByRole("row", { name: /owner@example\.com/ })).toBeVisible();
  await page.getByRole("link", { name: "Keys" }).click();
  await expect(page.getByRole("heading", { name: "Keys" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Keys" }).or(page.getByText("No key yet."))).toBeVisible();
  await expect(
    page.getByRole("button", { name: /Invite|Change|Remove|Withdraw|Make a key|Revoke/ }),
  ).toHaveCount(0);
});

test("a key is made, shown once, used and revoked", async ({ page, library }) => {
  await page.goto("/w/default/settings/keys");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("dialog").getByLabel("For").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.getByRole("textbox", { name: "The key" }).inputValue();
  await page.keyboard.press("Escape");
  await expect(page.locator("body")).not.toContainText(key);

  const ask = async () =>
    await fetch(`${library.server.url}/api/v1/workspaces/default/sessions`, {
      headers: { authorization: `Bearer ${key}` },
    });
  expect((await ask()).status).toBe(200);
  const prefix = key.split("_")[2] ?? "";
  await page.getByRole("button", { name: `Revoke the key ${prefix}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`${prefix}.*revoked`) })).toBeVisible();
  expect((await ask()).status).toBe(401);
});
