import { Argus, Server } from "../harness/argus.ts";
import { expect, test } from "../harness/fixture.ts";
import { row } from "../harness/pages.ts";
import { NOBODY, PASSWORD } from "../harness/people.ts";
import { STORY, TOOLS } from "../harness/sessions.ts";

test.use({ storageState: NOBODY });

test("the printed link makes the owner, who signs out and in again", async ({ open, watched }) => {
  const argus = await Argus.make();
  const server = await argus.serve();
  const page = await open({ baseURL: server.url, storageState: NOBODY });
  watched.allowed.add(401);

  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole("heading", { name: "Not set up yet" })).toBeVisible();

  await page.goto(server.link);
  await page.getByLabel("Your name").fill("Owner");
  // The secret part is gone from the address and from what the browser remembers of it.
  await expect(page).toHaveURL(`${server.url}/link`);
  await page.getByLabel("E-mail").fill("owner@example.com");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Make the first account" }).click();
  await expect(page).toHaveURL(`${server.url}/link`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make the first account" }).click();
  await expect(page.getByRole("heading", { name: "No session yet" })).toBeVisible();
  await expect(page.getByText(`OTEL_EXPORTER_OTLP_ENDPOINT=${server.url}`)).toBeVisible();

  await page.getByRole("button", { name: "account of Owner" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
  await page.goto("/w/default/settings/members");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  await page.getByLabel("E-mail").fill("owner@example.com");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page, "where one wanted to go").toHaveURL(`${server.url}/w/default/settings/members`);
  await expect(page.getByRole("row", { name: /owner@example\.com/ })).toBeVisible();

  await server.stop();
  await argus.remove();
});

test("a wrong password lets nobody in, and does not say which part was wrong", async ({ page, watched }) => {
  watched.allowed.add(401);
  await page.goto("/sign-in");
  const refusals: string[] = [];
  for (const email of ["owner@example.com", "nobody@example.com"]) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).not.toBeEmpty();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
    refusals.push((await page.getByRole("alert").textContent()) ?? "");
  }
  expect(refusals[0]).toBe(refusals[1]);
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await page.context().cookies()).toEqual([]);
});

test("the link of the demo lets in once", async ({ open, watched }) => {
  const server = await Server.demo();
  const page = await open({ baseURL: server.url, storageState: NOBODY });
  await page.goto(server.link);
  await expect(page.getByRole("heading", { name: "Sessions" })).toBeVisible();
  await expect(row(page, STORY)).toBeVisible();

  watched.allowed.add(404);
  const other = await open({ baseURL: server.url, storageState: NOBODY });
  await other.goto(server.link);
  await expect(other.getByRole("heading", { name: "This link no longer holds" })).toBeVisible();
  expect(await other.context().cookies()).toEqual([]);
  await server.stop();
});

test("who is not signed in sees nothing, neither in pages nor through the API", async ({ page, watched }) => {
  watched.allowed.add(401);
  for (const path of [
    "/",
    "/account",
    "/w/default/sessions",
    `/w/default/sessions/${TOOLS}`,
    "/w/default/settings/keys",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect(page.locator("body")).not.toContainText("release");
  }
  const workspace = "/api/v1/workspaces/default";
  for (const path of [
    "/api/v1/self",
    "/api/v1/self/sign-ins",
    "/api/v1/workspaces",
    `${workspace}/sessions`,
    `${workspace}/sessions/${TOOLS}`,
    `${workspace}/sessions/${TOOLS}/turns`,
    `${workspace}/sessions/${TOOLS}/steps`,
    `${workspace}/sessions/${TOOLS}/errors`,
    `${workspace}/sessions/${TOOLS}/conversation`,
    `${workspace}/events`,
    `${workspace}/names/user`,
    `${workspace}/projects`,
    `${workspace}/members`,
    `${workspace}/keys`,
  ]) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(401);
    expect(answer.headers()["content-type"], path).toBe("application/problem+json");
  }
});

test("a sign-in that is ended from elsewhere holds no more", async ({ library, open, watched }) => {
  const leaver = await library.owner.invite("Leaver", { role: "viewer", projects: null });
  const signIn = async () => {
    const page = await open({ storageState: NOBODY });
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(leaver.email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "Sessions" })).toBeVisible();
    return page;
  };
  watched.allowed.add(401);
  const lost = await signIn();
  const page = await signIn();

  await page.goto("/account");
  const signIns = page.getByRole("table", { name: "Sign-ins" }).getByRole("row");
  const own = signIns.filter({ hasText: "this one" });
  await expect(own).toHaveCount(1);
  const ends = page.getByRole("button", { name: /^End the sign-in of/ });
  for (let left = await ends.count(); left > 0; left--) {
    await ends.first().click();
    await expect(ends).toHaveCount(left - 1);
  }
  await expect(own).toHaveCount(1);

  await lost.reload();
  await expect(lost.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Where you are signed in" })).toBeVisible();
});
