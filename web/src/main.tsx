import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applyPreferences } from "./preferences/preferences";
import { createQueryClient } from "./query-client";
import { createAppRouter } from "./router";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

applyPreferences();

const queryClient = createQueryClient(() => {
  const { href, pathname } = router.state.location;
  if (pathname !== "/sign-in") {
    queryClient.clear();
    void router.navigate({ to: "/sign-in", search: { next: href }, replace: true });
  }
});
const router = createAppRouter(queryClient);

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
