// Before the first paint: the theme that was chosen, so that no other one flashes up. See src/preferences.
try {
  const { theme, density } = JSON.parse(localStorage.getItem("argus.preferences")) ?? {};
  Object.assign(document.documentElement.dataset, {
    theme: theme ?? "system",
    density: density ?? "comfortable",
  });
} catch {
  // Storage is switched off: the defaults serve.
}
