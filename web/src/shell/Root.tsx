import { Outlet } from "@tanstack/react-router";
import { Threshold } from "@/sign-in/Threshold";
import { NothingHere } from "./NotFound";

export function Root() {
  return (
    <>
      <a className="visually-hidden skip-link" href="#content">
        Skip to content
      </a>
      <Outlet />
    </>
  );
}

export function RootNotFound() {
  return (
    <Threshold title="Nothing here">
      <NothingHere />
    </Threshold>
  );
}
