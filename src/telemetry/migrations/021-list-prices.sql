-- What a price list says, US dollars, of a message whose client records a figure of its own.
ALTER TABLE messages ADD COLUMN list_cost_usd REAL;
CREATE INDEX messages_priced_twice ON messages (session_id, cost_usd, list_cost_usd)
	WHERE list_cost_usd IS NOT NULL;
