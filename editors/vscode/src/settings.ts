/** The settings of this extension, as `package.json` describes them. */

import { workspace, type ConfigurationChangeEvent } from "vscode";

/** The section of all settings. */
export const SECTION = "masthead";

/** How much the server writes to the log. */
export type LogLevel = "error" | "warn" | "info" | "debug";

/** The severity of a rule's findings. */
export type Level = "off" | "hint" | "information" | "warning" | "error";

/** The settings as they stand. */
export interface Settings {
  /** Where the server is, if the author says so. */
  serverPath: string | undefined;
  /** How much the server writes to the log. */
  logLevel: LogLevel;
  /** Whether the URL and the local date are shown beside the text. */
  inlayHints: boolean;
  /** Severities by the code of the rule. */
  rules: Record<string, Level>;
}

/** Reads the settings. A value of another type than `package.json` asks for counts as not set. */
export function read(): Settings {
  const section = workspace.getConfiguration(SECTION);
  const path = section.get<unknown>("server.path");
  const rules = section.get<unknown>("rules");
  return {
    serverPath: typeof path === "string" && path.trim() !== "" ? path.trim() : undefined,
    logLevel: section.get<LogLevel>("log.level", "warn"),
    inlayHints: section.get<unknown>("inlayHints") !== false,
    rules: typeof rules === "object" && rules !== null ? { ...(rules as Record<string, Level>) } : {},
  };
}

/** Whether a change asks for a new server: these are read only when one starts. */
export function needsRestart(event: ConfigurationChangeEvent): boolean {
  return ["server.path", "log.level", "inlayHints"].some((key) => event.affectsConfiguration(`${SECTION}.${key}`));
}
