// Entry of a bundle of its own: most windows have no app to check, and never load it.
import { parseApp } from "../../apps/parseApp.ts";
import { appActions } from "./appCommands.ts";

/** What the view and the commands of E2E checks need. */
export const engine = { parseApp, appActions };

export type AppEngine = typeof engine;
