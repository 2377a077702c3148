/** Characters of a tag. */
export const TAG_MAX = 64;
/** What a tag is, in words. */
export const TAG_RULE = "A tag has letters and digits, with - _ . / between them.";
/** As the server takes them. */
const TAG = /^[\p{L}\p{N}](?:[\p{L}\p{N}._/-]*[\p{L}\p{N}])?$/u;

/** The tag that somebody wrote: what is one thing to a person is one word to the filter. Empty where nothing is written. */
export function writtenTag(text: string): string {
  return text.trim().replace(/^#/, "").replace(/\s+/g, "-").toLocaleLowerCase();
}

/** Whether it may be stored. */
export function isTag(tag: string): boolean {
  return TAG.test(tag);
}
