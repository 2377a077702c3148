import { expect, it } from "vitest";
import { projectsOfText, projectsWords, textOfProjects } from "./projects-text";

it("reads names between commas, and nothing as all", () => {
  expect(projectsOfText(" a, b ,,a ")).toEqual(["a", "b"]);
  expect(projectsOfText(" , ")).toBeNull();
  expect(projectsOfText(textOfProjects(["x", "y z"]))).toEqual(["x", "y z"]);
  expect(projectsOfText(textOfProjects(null))).toBeNull();
  expect([null, [], ["a", "b"]].map(projectsWords)).toEqual(["all", "none", "a, b"]);
});
