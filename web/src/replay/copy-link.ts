/** Copies the address of the place that is shown, and says whether it could. */
export async function copyLink(say: (words: string) => void) {
  try {
    await navigator.clipboard.writeText(location.href);
    say("Link copied");
  } catch {
    say("The browser does not let pages copy here");
  }
}
