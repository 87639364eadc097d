// Entry of a bundle of its own: hooks are looked at once the window has started, or somebody asks.
import { HealthFeed } from "./healthFeed.ts";
import { HookCommands } from "./hookCommands.ts";

export const engine = { HookCommands, HealthFeed };

export type HookEngine = typeof engine;
