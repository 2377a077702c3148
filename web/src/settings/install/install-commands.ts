/** The address that Claude Code is given: whoever has it can install the plugin, and so send sessions to the project. */
export function marketplaceUrl(endpoint: string, workspace: string, token: string): string {
  return `${endpoint}/plugin/${encodeURIComponent(workspace)}/${encodeURIComponent(token)}/marketplace.json`;
}

/** What a person types on their machine, a command a line. */
export function commandsForPerson(url: string): string {
  return [`claude plugin marketplace add ${url}`, "claude plugin install argus@argus"].join("\n");
}

/** What managed settings say, so that nobody has to type anything. */
export function managedSettings(url: string): string {
  const settings = {
    extraKnownMarketplaces: { argus: { source: { source: "url", url }, autoUpdate: true } },
    enabledPlugins: { "argus@argus": true },
  };
  return JSON.stringify(settings, null, 2);
}
