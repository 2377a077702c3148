/** What may become a link: http and https, without anything that makes the target look like another. */
export interface SafeLink {
  href: string;
  /** The target as a person should see it: host names in their ASCII form. */
  shown: string;
}

const SHOWN_MAX = 160;

export function safeLink(target: string): SafeLink | undefined {
  // Anything but printable ASCII and letters of other scripts could hide where it leads.
  if (!/^https?:\/\/[^\s\p{C}<>"'`\\]+$/iu.test(target)) {
    return undefined;
  }
  let url: URL;
  try {
    url = new URL(target);
  } catch {
    return undefined;
  }
  // `https://bank.example@evil.example/` reads as the bank.
  if (url.username !== "" || url.password !== "") {
    return undefined;
  }
  const shown = url.href.length > SHOWN_MAX ? `${url.href.slice(0, SHOWN_MAX)}…` : url.href;
  return { href: url.href, shown };
}

export const LINK_REL = "noopener nofollow noreferrer";
