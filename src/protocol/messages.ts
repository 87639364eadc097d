import type { AgentEvent } from "../model/events/events.ts";
import { NO_USUAL_TIMES, type UsualTimes } from "../model/views/usualTimes.ts";
import type { GraphPatch, GraphSnapshot, NodeDetail, SessionSummary } from "../model/views/view.ts";

/** Raised whenever a message changes its meaning; a page of another number is asked to reload. */
export const PROTOCOL_VERSION = 8;

/**
 * State of the line between the panel and the event log.
 * - `waiting`: nothing is wrong, but no hook has written anything yet
 * - `reconnecting`: it was there, and is tried again
 */
export type Connection = "connected" | "waiting" | "reconnecting" | "disconnected";

/**
 * How much of log and transcripts the picture holds.
 * - `reading`: they are read for the first time, and there is no picture yet
 * - `partial`: that takes long, so what was read is shown and the rest comes as it is read
 * - `live`: all of it, and whatever is written from now on
 */
export type FeedPhase = "reading" | "partial" | "live";

/** What the panel must say about its source besides the graph itself. */
export interface SourceStatus {
	readonly connection: Connection;
	/**
	 * What it is about: the user's own log and transcripts, the demo, a session that is over, or the
	 * stream that a page in a browser gets everything through.
	 */
	readonly source: "log" | "demo" | "past" | "stream";
	/** One sentence for the badge's tooltip, such as why the log cannot be read. */
	readonly message: string;
	/** Of log and transcripts, also while a demo plays. */
	readonly phase: FeedPhase;
	/** Hooks are installed in settings that sessions here read: there is nothing left to set up. */
	readonly areHooksReady: boolean;
}

/** How a client is told: by its title, and by two letters where there is no room for more. */
export interface ClientLabel {
	/** As events carry it. */
	readonly name: string;
	readonly title: string;
	readonly mark: string;
}

/** Settings that the page acts on. Defaults stand in package.json. */
export interface PanelSettings {
	/** Show sessions of other workspaces from the start. */
	readonly showOtherSessions: boolean;
	/** `auto` follows the system's reduced-motion preference. */
	readonly reducedMotion: "auto" | "on" | "off";
	/** Folders of this window's workspace, to tell its sessions from others. */
	readonly workspaceFolders: readonly string[];
	/** Whether transcripts and files can be opened from the page: only an editor can. */
	readonly canOpen: boolean;
	/** Silence after which an agent counts as lost, ms. */
	readonly lostAfterMs: number;
	/** What is usual of agents by their type, as far as that is known. */
	readonly usualTimes: UsualTimes;
	/** The clients that are known. */
	readonly clients: readonly ClientLabel[];
}

/** Where no editor has any. */
export const DEFAULT_PANEL_SETTINGS: PanelSettings = {
	showOtherSessions: true,
	reducedMotion: "auto",
	workspaceFolders: [],
	canOpen: false,
	lostAfterMs: 30 * 60_000,
	usualTimes: NO_USUAL_TIMES,
	clients: [],
};

/** Extension to page. */
export type HostMessage =
	| {
			readonly type: "snapshot";
			readonly protocol: number;
			readonly seq: number;
			/** The host's clock at sending, ms since the epoch: ages are counted from it. */
			readonly now: number;
			readonly graph: GraphSnapshot;
	  }
	/** `seq` is one more than that of the snapshot or patch before; a gap means `resync`. */
	| {
			readonly type: "patch";
			readonly seq: number;
			readonly now: number;
			readonly patch: GraphPatch;
	  }
	| { readonly type: "settings"; readonly settings: PanelSettings }
	| { readonly type: "status"; readonly status: SourceStatus }
	/** Select a node (null: none), for instance because it was clicked in the tree. */
	| { readonly type: "select"; readonly id: string | null; readonly reveal: boolean }
	/** Dim all other nodes, until Escape or the next; null: none are dimmed. `keys` are nodes' keys. */
	| { readonly type: "highlight"; readonly keys: readonly string[] | null }
	/** Answer to `selected`, and sent again while the selected node changes. */
	| { readonly type: "detail"; readonly detail: NodeDetail }
	/** Answer to `askReason`: the first lines of what tells why. None comes where nothing does. */
	| ({ readonly type: "reason"; readonly call: string | null; readonly text: string } & AgentIds)
	/** The picture is wanted as a file; `exported` answers. */
	| { readonly type: "exportView"; readonly format: ViewFormat }
	/** Answer to `summarise`. */
	| { readonly type: "summary"; readonly summary: SessionSummary }
	/** Some of what was told of the session that `record` asked for, in any order. */
	| {
			readonly type: "recorded";
			/** The session's id. */
			readonly session: string;
			readonly events: readonly AgentEvent[];
			/** What came before is no part of it. */
			readonly isFirst: boolean;
			/** All that was told by now has come; what follows is new. */
			readonly isWhole: boolean;
	  };

export type ReasonMessage = Extract<HostMessage, { type: "reason" }>;
export type RecordedMessage = Extract<HostMessage, { type: "recorded" }>;

/** Formats of a picture: SVG is text, PNG comes as base64. */
export const VIEW_FORMATS = ["svg", "png"] as const;
export type ViewFormat = (typeof VIEW_FORMATS)[number];

/** Things a page may ask the extension to do; the extension maps them to its own commands. */
export const PANEL_ACTIONS = ["installHooks", "playDemo", "stopDemo", "showStatus"] as const;
export type PanelAction = (typeof PANEL_ACTIONS)[number];

/** Who is meant, also where only a recording knows of it. */
export interface AgentIds {
	readonly session: string;
	/** Id of an agent, or of the call that launches it; empty for the session's own. */
	readonly agent: string;
}

/** Page to extension. Carries ids only: never a path, a command or markup. */
export type PageMessage =
	| { readonly type: "ready"; readonly protocol: number }
	| { readonly type: "resync" }
	/** `id` is a node's key. */
	| { readonly type: "selected"; readonly id: string | null }
	/** Hand over all that was told of a node's session, and go on with it; null: of none any more. */
	| { readonly type: "record"; readonly id: string | null }
	/** What did a session come to? `id` is the key of its node. */
	| { readonly type: "summarise"; readonly id: string }
	/** Copy an id to the clipboard, as a client made it. */
	| { readonly type: "copyId"; readonly id: string }
	/** Open an agent's transcript, at one of its calls (null: at the end). */
	| ({ readonly type: "openTranscript"; readonly call: string | null } & AgentIds)
	/** Open the file that an agent's call touched. */
	| ({ readonly type: "openFile"; readonly call: string } & AgentIds)
	/** Why did an agent's call fail, or (null) the agent? */
	| ({ readonly type: "askReason"; readonly call: string | null } & AgentIds)
	/** The picture as it is seen, to be kept; where, the host asks. */
	| { readonly type: "exported"; readonly format: ViewFormat; readonly data: string }
	/** Export a session; `id` is the key of any of its nodes, null for one that is asked for. */
	| { readonly type: "exportSession"; readonly id: string | null }
	| { readonly type: "invoke"; readonly action: PanelAction }
	| { readonly type: "clientError"; readonly message: string };

/** Ends a switch over a union: a member without a case no longer compiles. */
export function assertNever(value: never): never {
	throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
