"""Prints documents: what they contain, who may read it, how it is laid out.

``issue`` finds the moment at which a document was issued and the case as it stood then;
``rights`` says what its reader and its addressee may both read; ``values`` and the modules
beside it turn that into plain texts; ``render`` makes the PDF. A template gets these texts as
JSON and nothing else: what somebody wrote into a case is never template code. Nothing that is
read here is logged.
"""
