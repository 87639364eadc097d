/** What stands in the place of a secret. */
const MASK = "‹secret›";

/** Forms that nothing but a credential has, by who gives them out. */
const ISSUED: readonly RegExp[] = [
	/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
	/\bgh[pousr]_[A-Za-z0-9]{30,255}\b/g,
	/\bgithub_pat_[A-Za-z0-9_]{40,255}\b/g,
	/\bglpat-[A-Za-z0-9_-]{20,}/g,
	/\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}/g,
	/\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g,
	/\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
	/\bAIza[A-Za-z0-9_-]{35}/g,
	/\bnpm_[A-Za-z0-9]{36}\b/g,
	/\bpypi-[A-Za-z0-9_-]{32,}/g,
	/\bhf_[A-Za-z0-9]{30,}\b/g,
	/\bhvs\.[A-Za-z0-9_-]{16,}|\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g,
	/\b(?:dop_v1|dckr_pat|shpat|sntrys|sbp|gsk|r8|lin_api|figd)_[A-Za-z0-9_-]{24,}/g,
	/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?/g,
	/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8192}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
];

const NAME =
	"(?:pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|access|private|secret|signing|encryption|master|service)[_-]?key|credentials?)";
/** A value that is written out: not an expansion, a placeholder or a call. */
const VALUE = "[^\\s'\"`$<>{}()*,;|&]";

/** Values that stand behind a name that says what they are; the name is kept. */
const NAMED: readonly RegExp[] = [
	new RegExp(`([\\w.-]{0,40}${NAME}["']?\\s{0,3}[=:]\\s{0,3}["']?)(?!\\s)${VALUE}{6,512}`, "gi"),
	new RegExp(`(--?[\\w-]{0,40}${NAME}[= ]["']?)(?!-)${VALUE}{6,512}`, "gi"),
	/(\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token)\s{1,3})[\w+/=.~-]{8,}/gi,
	/(\bbearer\s{1,3})[\w+/=.~-]{16,}/gi,
	/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@'"$]{0,64}:)[^\s:/@'"$<>{}]{3,256}(?=@)/gi,
];

/** What might be a key by its length alone: masked in what is kept, not held against a command. */
const LONG: readonly RegExp[] = [/\b[0-9a-f]{32,}\b/gi, /[A-Za-z0-9+/_-]{40,}={0,2}/g];

/**
 * Assignments, options and headers of a command whose value is a secret that is written out; the value
 * is the last group. One that a bracket follows is code, and one that begins like a path is a file's.
 */
const OWN = `(?![-/.~%])(?=(${VALUE.replace("[^", "[^[\\]")}{6,512}))\\1(?![(\\[])`;
const IN_COMMANDS: readonly RegExp[] = [
	new RegExp(`(?:^|[\\s;&|?('":])(?:[A-Z0-9_]{0,40}${NAME}=["']?)${OWN}`, "gi"),
	new RegExp(`\\s--?[\\w-]{0,40}${NAME}[= ]["']?${OWN}`, "gi"),
	// An option whose value is an assignment, and a setting that is given one.
	new RegExp(`\\s--?[\\w-]{1,40}[= ]["']?[\\w.]{0,60}${NAME}=["']?${OWN}`, "gi"),
	new RegExp(`\\bconfig(?:ure)? set [\\w.:/@-]{0,60}${NAME}["']?\\s{1,3}["']?${OWN}`, "gi"),
	new RegExp(`\\bredis-cli\\b[^|;&\\n]{0,200}?\\s-a\\s{0,3}["']?${OWN}`, "g"),
	new RegExp(`(?:-H|--header)[ =]?["']?[\\w-]{0,40}(?:key|token|secret):\\s{0,3}${OWN}`, "gi"),
	new RegExp(`\\b(?:mysql|mysqldump|mysqladmin|mariadb)\\b[^|;&\\n]{0,200}?\\s-p["']?${OWN}`, "g"),
	// A field of JSON, of which letters alone are a word more often than a password.
	new RegExp(
		`["'][\\w-]{0,40}${NAME}\\\\?["']\\s{0,3}:\\s{0,3}\\\\?["'](?=[^"'\\s]*\\d)(${VALUE}{6,512}?)\\\\?["']`,
		"gi",
	),
	new RegExp(`\\blogin\\b[^|;&\\n]{0,200}?\\s-p\\s{1,3}["']?${OWN}`, "g"),
	new RegExp(`\\bzip\\b[^|;&\\n]{0,200}?\\s-P\\s{0,3}["']?${OWN}`, "g"),
	new RegExp(`\\bssh-keygen\\b[^|;&\\n]{0,200}?\\s-N\\s{1,3}["']?${OWN}`, "g"),
	new RegExp(`\\bopenssl\\b[^|;&\\n]{0,400}?\\s-pass\\w{0,4}\\s{1,3}["']?pass:${OWN}`, "g"),
	new RegExp(`\\bsecret set [\\w-]{1,60}\\s{1,3}(?:-b|--body)[= ]["']?${OWN}`, "g"),
	new RegExp(`\\bsshpass\\s+-p\\s*["']?${OWN}`, "g"),
	new RegExp(`\\bcurl\\b[^|;&\\n]{0,400}?\\s(?:-u|--user)[ =]?["']?[\\w.@-]{1,64}:${OWN}`, "g"),
	/\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token)\s{1,3}([\w+/=.~-]{8,})/gi,
	/\bbearer\s{1,3}([\w+/=.~-]{16,})/gi,
	/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@'"$]{0,64}:([^\s:/@'"$<>{}]{3,256})(?=@(?!sha256:))/gi,
];

/** Values that only show where the real one goes, or what everybody has on a machine of their own. */
const PLACEHOLDER =
	/x{4,}|\.{3}|\*{3}|change[_-]?(?:me|it|this)|example|placeholder|your|dummy|redacted|fake|^(?:my|some|test|mock|sample|insert|replace|todo|dev|demo|local)(?:[_-]|$)|^(?:id=|env:|file:)/i;
const DEFAULT =
	/^(?:passw(?:or)?d|pass|secret|token|postgres|mysql|admin|root|user|guest|minioadmin|test|demo|undefined|null|none|true|false)\d{0,4}$/i;
/** A name of the program's own, as `self.token` and `new_password` are. */
const CODE = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$|^[a-z]+(?:_[a-z]+)+$/;
const FILE = /\.(?:pem|key|json|txt|env|ya?ml|toml|crt|p12|pub)$/i;

/** The text with everything in it masked that is or might be a secret. */
export function maskSecrets(text: string): string {
	let masked = text;
	for (const pattern of ISSUED) masked = masked.replace(pattern, MASK);
	for (const pattern of NAMED) masked = masked.replace(pattern, `$1${MASK}`);
	for (const pattern of LONG) masked = masked.replace(pattern, MASK);
	return masked;
}

/** Whether a command has a secret written out in it. */
export function hasSecret(command: string): boolean {
	const values = IN_COMMANDS.flatMap((pattern) =>
		Array.from(command.matchAll(pattern), (found) => found.at(-1) ?? ""),
	);
	const issued = ISSUED.flatMap((pattern) => Array.from(command.matchAll(pattern), ([all]) => all));
	return (
		issued.some((value) => !PLACEHOLDER.test(value)) ||
		values.some((value) => ![PLACEHOLDER, DEFAULT, CODE, FILE].some((form) => form.test(value)))
	);
}
