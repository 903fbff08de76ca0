"""Makes sentences of a workflow's rules, from its file's labels, in Chinese or English."""
