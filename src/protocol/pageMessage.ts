import { PANEL_ACTIONS, type PageMessage, VIEW_FORMATS, type ViewFormat } from "./messages.ts";

const NODE_KEY = /^(?:g\d{1,6})?n\d{1,9}$/;
/** An id as clients make them. */
const CLIENT_ID = /^[A-Za-z0-9_-]{1,128}$/;
const MAX_ERROR_LENGTH = 2000;
/** Characters of a picture. */
const MAX_PICTURE_LENGTH = 64 * 1024 * 1024;

/**
 * Checks a message from the page before anything acts on it.
 *
 * @returns the message with nothing in it but what the protocol names; null when it is not one
 */
export function parsePageMessage(raw: unknown): PageMessage | null {
	if (typeof raw !== "object" || raw === null) return null;
	const { type, protocol, id, session, agent, call, action, message, format, data } =
		raw as Readonly<Record<string, unknown>>;
	switch (type) {
		case "ready":
			return typeof protocol === "number" ? { type, protocol } : null;
		case "resync":
			return { type };
		case "selected":
		case "exportSession":
		case "record":
			return id === null || isKey(id) ? { type, id } : null;
		case "summarise":
			return isKey(id) ? { type, id } : null;
		case "copyId":
			return isId(id) ? { type, id } : null;
		case "openTranscript":
		case "askReason":
			if (!isId(session) || !(agent === "" || isId(agent))) return null;
			return call === null || isId(call) ? { type, session, agent, call } : null;
		case "openFile":
			if (!isId(session) || !(agent === "" || isId(agent))) return null;
			return isId(call) ? { type, session, agent, call } : null;
		case "exported": {
			const known = VIEW_FORMATS.find((name) => name === format);
			return known !== undefined && isPicture(known, data) ? { type, format: known, data } : null;
		}
		case "invoke": {
			const known = PANEL_ACTIONS.find((name) => name === action);
			return known === undefined ? null : { type, action: known };
		}
		case "clientError":
			return typeof message === "string"
				? { type, message: message.slice(0, MAX_ERROR_LENGTH) }
				: null;
		default:
			return null;
	}
}

/** As it begins, in base64 for PNG. */
const BEGINNINGS: Readonly<Record<ViewFormat, string>> = {
	svg: '<svg xmlns="http://www.w3.org/2000/svg"',
	png: "iVBORw0KGgo",
};

function isPicture(format: ViewFormat, data: unknown): data is string {
	if (typeof data !== "string" || data.length > MAX_PICTURE_LENGTH) return false;
	// A picture runs nothing; what is written on it cannot look like an element.
	return data.startsWith(BEGINNINGS[format]) && !/<script/i.test(data);
}

function isKey(id: unknown): id is string {
	return typeof id === "string" && NODE_KEY.test(id);
}

function isId(id: unknown): id is string {
	return typeof id === "string" && CLIENT_ID.test(id);
}
