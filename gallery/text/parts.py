# Stands between the parts of a column; no word contains it and cleaned text never does.
PART_BREAK = "\n\x1e\n"
# The columns of EntryText in the order of their weight.
COLUMNS = ("title", "summary", "held", "rest")
# Further than this into a column nothing is marked.
MARKED_CHARACTERS = 40_000
