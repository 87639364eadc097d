-- As the client calls the tool, where our word for it is another.
ALTER TABLE calls ADD COLUMN raw_tool TEXT;
