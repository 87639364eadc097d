/** A class for how much of something succeeded; styles tell it by more than colour. */
export function familyOfShare(share: number | null): "well" | "fairly" | "badly" | "unknown" {
	if (share === null) return "unknown";
	if (share >= 0.9) return "well";
	return share >= 0.6 ? "fairly" : "badly";
}
