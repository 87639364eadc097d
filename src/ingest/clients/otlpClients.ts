import { claudeCodeOtlp } from "../claude-code/otlp/claudeCodeOtlp.ts";
import { codexOtlp } from "../codex/otlp/codexOtlp.ts";
import { copilotOtlp } from "../copilot-cli/copilotOtlp.ts";
import type { OtlpClient } from "../otlp/otlpPort.ts";

/** Clients that tell over OTLP what their agents do, a row each. */
export const OTLP_CLIENTS: readonly OtlpClient[] = [claudeCodeOtlp, codexOtlp, copilotOtlp];
