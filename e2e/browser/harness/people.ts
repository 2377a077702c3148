/** People who are signed in, made through the API: only the tests of entering do it by hand. */
import type { BrowserContextOptions } from "@playwright/test";

export const PASSWORD = "a long sentence will do";

type State = Exclude<BrowserContextOptions["storageState"], string | undefined>;

export interface Place {
  role: "owner" | "admin" | "reviewer" | "viewer" | "auditor" | "member";
  /** null: all. */
  projects: string[] | null;
}

export class Person {
  private constructor(
    private readonly url: string,
    readonly name: string,
    readonly email: string,
    private readonly cookie: string,
  ) {}

  /** The first one, by the link that the server printed. */
  static async owner(server: { url: string; link: string }): Promise<Person> {
    return await Person.enter(server.url, tokenOf(server.link), "Owner", "owner@example.com");
  }

  /** Takes an invitation. */
  static async enter(url: string, token: string, name: string, email: string): Promise<Person> {
    const answer = await fetch(`${url}/api/v1/links/accept`, {
      method: "POST",
      headers: OWN_PAGE,
      body: JSON.stringify({ token, name, email, password: PASSWORD }),
    });
    const cookie = /^__Host-argus=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1];
    if (!answer.ok || cookie === undefined) {
      throw new Error(`the link was not accepted: ${answer.status} ${await answer.text()}`);
    }
    return new Person(url, name, email, cookie);
  }

  /** Invites someone, who comes. */
  async invite(name: string, place: Place): Promise<Person> {
    const email = `${name.toLowerCase()}@example.com`;
    const { link_token } = await this.post<{ link_token: string }>("/workspaces/default/invitations", {
      email,
      ...place,
    });
    return await Person.enter(this.url, link_token, name, email);
  }

  /** What a browser has in which this person signed in. */
  get state(): State {
    const cookie = {
      name: "__Host-argus",
      value: this.cookie,
      domain: new URL(this.url).hostname,
      path: "/",
      expires: -1,
      httpOnly: true,
      secure: true,
      sameSite: "Lax" as const,
    };
    return { cookies: [cookie], origins: [] };
  }

  async get<Answer>(path: string): Promise<Answer> {
    return await this.ask(path, {});
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return await this.ask(path, { method: "POST", body: JSON.stringify(body) });
  }

  async put<Answer>(path: string, body: unknown): Promise<Answer> {
    return await this.ask(path, { method: "PUT", body: JSON.stringify(body) });
  }

  private async ask<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      ...init,
      headers: { ...OWN_PAGE, cookie: `__Host-argus=${this.cookie}` },
    });
    if (!answer.ok) {
      throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    }
    return (await answer.json()) as Answer;
  }
}

/** A browser in which nobody signed in. */
export const NOBODY: State = { cookies: [], origins: [] };

/** What a browser says of requests that the server's own page makes. */
const OWN_PAGE = { "content-type": "application/json", "sec-fetch-site": "same-origin" };

export function tokenOf(link: string): string {
  return new URL(link).hash.slice(1);
}
