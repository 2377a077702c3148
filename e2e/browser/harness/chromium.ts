/** How Chromium is started: as root, without a network of its own. */
export const CHROMIUM_ARGUMENTS = [
  // The tests may run as root in a container, where there is no sandbox. They show nobody's pages but our own.
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
