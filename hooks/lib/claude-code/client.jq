# What a client's payloads have of their own, turned into those of Claude Code, which all the rest
# reads. Of Claude Code's nothing; its lines need not say whose they are.
def told: .client = null | .raw_tool = null;
