"""A workflow's rules in words: sentences made from the labels of its file, Chinese or English."""
