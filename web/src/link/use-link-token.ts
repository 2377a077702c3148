import { useLayoutEffect, useState } from "react";

/**
 * The token behind the `#` of a link. It is taken out of the address at once, so that it stays neither in the history
 * nor in what is copied from the address bar.
 */
export function useLinkToken(): string {
  const [token, setToken] = useState(tokenInAddress);

  useLayoutEffect(() => {
    const take = () => {
      const found = tokenInAddress();
      if (found !== "") {
        setToken(found);
        window.history.replaceState(window.history.state, "", window.location.pathname);
      }
    };
    take();
    // Another link opened in the same tab changes nothing but what is behind the `#`.
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);

  return token;
}

function tokenInAddress(): string {
  return window.location.hash.replace(/^#/, "");
}
