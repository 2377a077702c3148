import { Outlet } from "@tanstack/react-router";
import { KeyboardHelp } from "@/keyboard/KeyboardHelp";
import { NotFound } from "./NotFound";

export function Root() {
  return (
    <>
      <a className="visually-hidden skip-link" href="#content">
        Skip to content
      </a>
      <Outlet />
      <KeyboardHelp />
    </>
  );
}

export function RootNotFound() {
  return (
    <main id="content">
      <NotFound />
    </main>
  );
}
