// Entry of a bundle of its own: the installer is needed when somebody asks for it, not at the start.
import { inspectSettings } from "../../installer/hookStatus.ts";
import { HookInstaller } from "../../installer/installer.ts";
import { findJq, jqAdvice } from "../../installer/jq.ts";
import { SettingsError } from "../../installer/settingsError.ts";

/** What the commands about hooks, and the look at what is installed, need. */
export const engine = { HookInstaller, SettingsError, findJq, inspectSettings, jqAdvice };

export type HookEngine = typeof engine;
