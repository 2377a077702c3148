/** The only rule; length is what makes a password hard to guess. */
export const PASSWORD_MIN = 12;

export const PASSWORD_HINT = `At least ${PASSWORD_MIN} characters. A sentence is good.`;

export function passwordError(password: string): string | undefined {
  const length = [...password].length;
  return length < PASSWORD_MIN ? `${length} characters: at least ${PASSWORD_MIN} are needed.` : undefined;
}
