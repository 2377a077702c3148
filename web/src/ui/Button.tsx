import type { ComponentProps } from "react";
import "./Button.css";

type Look = "plain" | "primary" | "quiet" | "danger";

export function Button({ look = "plain", className, ...props }: ComponentProps<"button"> & { look?: Look }) {
  return <button type="button" className={`button button-${look} ${className ?? ""}`} {...props} />;
}
