/** Kinds of proposals, in the order in which they are listed. */
export const PROPOSAL_KINDS = [
	"fix_function",
	"new_pipeline",
	"extract_function",
	"re_extract_skill",
	"archive_skill",
	"validated_skill",
] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export type ProposalStatus = "open" | "accepted" | "dismissed";
