import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { listen } from "./events";

class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Stream[] = [];
  readyState = 1;
  constructor() {
    super();
    Stream.opened.push(this);
  }
  close() {
    this.readyState = Stream.CLOSED;
  }
}

const onSessions = vi.fn();
const onReviews = vi.fn();
const onReset = vi.fn();
const onLost = vi.fn();
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Stream);
  Stream.opened = [];
  onSessions.mockClear();
  onReviews.mockClear();
  onReset.mockClear();
  onLost.mockClear();
  stop = listen("/events", { onSessions, onReviews, onReset, onLost });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function latest(): Stream {
  return Stream.opened.at(-1) as Stream;
}

function hide(hidden: boolean) {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange"));
}

it("hands on what changed", () => {
  latest().dispatchEvent(new MessageEvent("sessions", { data: '{"sessions":["a","b"]}' }));
  expect(onSessions).toHaveBeenCalledWith(["a", "b"]);
});

it("hands on what was judged", () => {
  latest().dispatchEvent(new MessageEvent("reviews", { data: '{"sessions":["a"]}' }));
  expect(onReviews).toHaveBeenCalledWith(["a"]);
  expect(onSessions).not.toHaveBeenCalled();
});

it("has all fetched anew when it took the browser more than one try to open", () => {
  latest().dispatchEvent(new Event("error"));
  expect(onLost).toHaveBeenLastCalledWith(true);
  latest().dispatchEvent(new Event("open"));
  expect(onLost).toHaveBeenLastCalledWith(false);
  expect(onReset).toHaveBeenCalledOnce();
});

it("has all fetched anew once it listens: what changed meanwhile was told to nobody", () => {
  latest().dispatchEvent(new Event("open"));
  expect(onReset).toHaveBeenCalledOnce();
});

it("leaves it to the server to say what was missed since there was a connection", () => {
  latest().dispatchEvent(new Event("open"));
  onReset.mockClear();
  latest().dispatchEvent(new Event("error"));
  latest().dispatchEvent(new Event("open"));
  expect(onReset).not.toHaveBeenCalled();
});

it("opens again after a refusal, and has all fetched anew", () => {
  latest().readyState = Stream.CLOSED;
  latest().dispatchEvent(new Event("error"));
  vi.advanceTimersByTime(6000);
  expect(Stream.opened).toHaveLength(2);
  latest().dispatchEvent(new Event("open"));
  expect(onReset).toHaveBeenCalledOnce();
});

it("gives the connection back while the page is hidden for long", () => {
  hide(true);
  vi.advanceTimersByTime(30_000);
  expect(latest().readyState).toBe(1);
  vi.advanceTimersByTime(31_000);
  expect(latest().readyState).toBe(Stream.CLOSED);
  hide(false);
  expect(Stream.opened).toHaveLength(2);
});
