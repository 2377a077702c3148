import { useIsFetching, useIsMutating } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import "./Progress.css";

/** What takes longer than this says that it goes on. */
const SHOWN_AFTER_MS = 1_000;

/** A line at the top of the window while the server is waited for, whatever was asked of it. */
export function Progress() {
  const isBusy = useIsFetching() + useIsMutating() > 0;
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isBusy) {
      setIsLong(false);
      return;
    }
    const timer = setTimeout(() => setIsLong(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isBusy]);
  return isLong && <div className="progress" role="progressbar" aria-label="Waiting for the server" />;
}
