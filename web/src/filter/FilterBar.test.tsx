import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { FilterBar } from "./FilterBar";

const onFilter = vi.fn();

function Bar({ start, error }: { start: string; error?: string }) {
  const [filter, setFilter] = useState(start);
  return (
    <QueryClientProvider client={new QueryClient()}>
      <FilterBar
        workspace="w"
        filter={filter}
        error={error}
        onFilter={(changed) => {
          onFilter(changed);
          setFilter(changed);
        }}
      />
    </QueryClientProvider>
  );
}

function field(): HTMLInputElement {
  return screen.getByRole("combobox", { name: "Filter" });
}

beforeEach(() => {
  onFilter.mockClear();
  vi.stubGlobal("fetch", async () => {
    return new Response(JSON.stringify({ items: [{ name: "claude opus", sessions: 3 }] }));
  });
});

it("shows the same filter as text and as chips, and takes a chip away", async () => {
  render(<Bar start='model:opus user:"A B"' />);
  expect(field().value).toBe('model:opus user:"A B"');
  await userEvent.click(screen.getByRole("button", { name: "Remove: model is opus" }));
  expect(onFilter).toHaveBeenCalledWith('user:"A B"');
  expect(field().value).toBe('user:"A B"');
});

it("keeps the focus when a chip is taken away: on the next one, at the end on the text", async () => {
  render(<Bar start="model:opus cost>1 user:Ada" />);
  await userEvent.click(screen.getByRole("button", { name: /^Remove: cost/ }));
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Remove: user is Ada" }));
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Remove: model is opus" }));
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement).toBe(field());
});

it("applies what is typed on Enter only", async () => {
  render(<Bar start="" />);
  await userEvent.type(field(), "cost>1");
  expect(onFilter).not.toHaveBeenCalled();
  await userEvent.keyboard("{Enter}");
  expect(onFilter).toHaveBeenCalledWith("cost>1");
});

it("completes a key, then a value that the server knows, by keyboard alone", async () => {
  render(<Bar start="" />);
  await userEvent.type(field(), "mod{ArrowDown}{Enter}");
  expect(field().value).toBe("model:");
  await screen.findByRole("option", { name: /claude opus/ });
  await userEvent.keyboard("{ArrowDown}");
  const option = screen.getByRole("option", { selected: true });
  expect(field().getAttribute("aria-activedescendant")).toBe(option.id);
  await userEvent.keyboard("{Enter}");
  expect(onFilter).toHaveBeenCalledWith('model:"claude opus"');
});

it("sets the time by a preset, and keeps the rest", async () => {
  render(<Bar start="error:yes from:30d" />);
  expect(screen.getByRole("button", { name: "30 d" }).getAttribute("aria-pressed")).toBe("true");
  await userEvent.click(screen.getByRole("button", { name: "7 d" }));
  expect(onFilter).toHaveBeenCalledWith("error:yes from:7d");
});

it("adds a term by the facets", async () => {
  render(<Bar start="error:yes" />);
  await userEvent.click(screen.getByRole("button", { name: "Add a filter" }));
  await userEvent.click(screen.getByRole("button", { name: /^outcome/ }));
  await userEvent.click(screen.getByRole("button", { name: "failed" }));
  expect(onFilter).toHaveBeenCalledWith("error:yes outcome:failed");
});

it("finds a facet by what is typed, by its name or by what it says", async () => {
  render(<Bar start="" />);
  await userEvent.click(screen.getByRole("button", { name: "Add a filter" }));
  await userEvent.keyboard("outc{Enter}");
  expect(screen.getByRole("textbox", { name: "Search outcome" })).toBe(document.activeElement);
  await userEvent.click(screen.getByRole("button", { name: "Back to all facets" }));
  await userEvent.keyboard("nothing like it{Enter}");
  expect(screen.getByText("Nothing is named so")).toBeTruthy();
});

it("ties an error of the language to the field", () => {
  render(<Bar start="modle:x" error='"modle" is no key' />);
  expect(field().getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("alert").textContent).toBe('"modle" is no key');
});
