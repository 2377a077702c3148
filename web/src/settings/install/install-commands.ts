/** The address that Claude Code is given: whoever has it can install the plugin, and so send sessions to the project. */
export function marketplaceUrl(endpoint: string, workspace: string, token: string): string {
  return `${endpoint}/plugin/${encodeURIComponent(workspace)}/${encodeURIComponent(token)}/marketplace.json`;
}

/** What a person types on their machine, a command a line. `place` is an address or a folder. */
export function commandsForPerson(place: string): string {
  return [`claude plugin marketplace add ${place}`, "claude plugin install argus@argus"].join("\n");
}

/** The same without an address that Claude Code would take: the plugin as a folder, on the server's own machine. */
export function commandsForFolder(endpoint: string, workspace: string, project: string): string {
  const ofWorkspace = workspace === "default" ? "" : ` --workspace ${workspace}`;
  return [
    `argus plugin --endpoint ${endpoint} --project ${project}${ofWorkspace} --out ~/argus-plugin`,
    commandsForPerson("~/argus-plugin"),
  ].join("\n");
}

/** What managed settings say, so that nobody has to type anything. */
export function managedSettings(url: string): string {
  const settings = {
    extraKnownMarketplaces: { argus: { source: { source: "url", url }, autoUpdate: true } },
    enabledPlugins: { "argus@argus": true },
  };
  return JSON.stringify(settings, null, 2);
}
