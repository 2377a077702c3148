import type { FormEvent } from "react";

/** Hands a form's fields on as texts, in place of sending it. */
export function onSubmit(send: (fields: (name: string) => string) => void) {
  return (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    send((name) => {
      const value = data.get(name);
      return typeof value === "string" ? value : "";
    });
  };
}
