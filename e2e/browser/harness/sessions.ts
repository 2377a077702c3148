/** The recorded sessions that the tests look at, and where they are recorded. */
export const TOOLS = "da681b20-e8a1-5241-ad72-224aea70c94f";
export const SUB_AGENTS = "6f1713ac-f01a-5968-b71e-d34c186b32d2";
export const FAILURES = "f6a3c0cc-46d8-5e26-97d6-e3ddeaaa2ef6";
export const RESUMED = "30c2fd6e-21c1-5c09-a8ee-702db52cecba";
export const FORKED = "0cb74d95-38c1-4702-9712-60358554ecb7";
export const INTERACTIVE = "f0d688c2-ae95-5137-ac24-bf54d3478a57";
export const CLEARED = "52cbdcfd-f830-4fab-9957-61f9e5a0adcd";
/** Its recording is imported without transcript and hooks: telemetry without content is all that tells of it. */
export const TELEMETRY_ONLY = "de833988-998f-5a06-b511-f75b929a52de";
export const OVERLOADED = "6e1e5878-84ef-5ca1-9ba8-a9c87c8ca62b";

/** It has read a picture. */
export const PICTURE = "f51d9d68-0edf-57f6-bea6-54e3d56a916e";

/** A long piece of work with many tools, a failure and a sub-agent. */
export const STORY = "25122f70-9b62-5416-b73a-40a8ce545370";

/** Recordings by the project that they are imported into. */
export const RECORDINGS = {
  demo: ["tools", "subagent", "failures", "resumed", "interactive", "slash"].map(
    (name) => `e2e/recordings/${name}`,
  ),
  stories: ["demo/recordings"],
  other: ["e2e/recordings/api-errors"],
};

export const TELEMETRY_RECORDING = "e2e/recordings/simple--content-off";
