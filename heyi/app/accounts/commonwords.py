"""Lists words that are no password, whatever digits and signs stand around them.

Written by hand: what published lists of common passwords share once digits and signs are
taken away, and what is near at hand in an office (decision 0044).
"""

_WORDS = """
password passwd pass admin administrator root user guest login welcome letmein secret test
qwerty qwertyuiop asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc abcd abcdef
iloveyou monkey dragon sunshine princess football baseball superman batman master shadow
woaini woaiwojia aini nihao mima wodemima zhongguo beijing shanghai xinjiang tiemenguan
zhang wang zhao chen yang huang zhou lin guo community shequ jiedao shimin office chair heyi
company hello changeme default computer internet freedom whatever trustnoone loveyou
"""
COMMON = frozenset(_WORDS.split())
